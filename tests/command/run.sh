#!/usr/bin/env bash
# The command `vod` beside other programs and in a terminal: the programs that it prints of calls, in Rust, Python, Node
# and for curl; its answers beside those of the vendor's command line; its live lines and ctrl-c in a pseudo-terminal;
# its OpenAPI document.
#
#   tests/command/run.sh
#
# Needs cargo, Python 3, npm, curl and openssl. Reuses the vendor's SDKs that tests/conformance/run.sh has installed. All
# traffic of the checks stays on 127.0.0.1.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/python.sh
. tests/python.sh
# shellcheck source=tests/conformance/venv.sh
. tests/conformance/venv.sh

target=$(cargo metadata --no-deps --format-version 1 |
    "$python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
venv=$target/conformance-venv node=$target/conformance-node
mkdir -p "$target"
make_venv
make_node
openapi=$target/openapi-venv
if ! "$openapi/bin/python" -c 'import openapi_spec_validator' 2>/dev/null; then
    rm -rf "$openapi"
    "$python" -m venv "$openapi"
    timeout 600 "$openapi/bin/python" -m pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
fi
cargo build --quiet -p vod-cli
vod=$target/debug/vod
export VOD="$vod" VOD_EMULATOR="$vod emulator" VOD_NODE_MODULES="$node/node_modules" PYTHONPATH=tests/conformance
# What is meant for this machine must not go to a proxy, and nothing of the developer's may be used.
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy

timeout --kill-after=10 240 "$venv/bin/python" -B tests/command/generated.py
timeout --kill-after=10 120 "$venv/bin/python" -B tests/command/terminal.py
timeout --kill-after=10 240 "$venv/bin/python" -B tests/command/generated_rust.py "$vod"
timeout --kill-after=10 120 "$openapi/bin/python" -B tests/command/openapi.py "$vod"
