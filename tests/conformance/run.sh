#!/usr/bin/env bash
# The vendor's own SDKs against the emulator, and this project's client against the vendor's own signing code.
#
#   tests/conformance/run.sh
#
# Needs cargo and Python 3. Installs the vendor's SDKs at the versions of requirements.txt and node/package.json
# below the target directory and reuses them the next time. Without npm the Node SDK is left out and said to be.
# All traffic of the checks stays on 127.0.0.1. Prints a line for each check and at the end `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/tests/conformance

# Each program ends by itself well before this; at the limit it is ended with all that it started.
readonly program_seconds=240

# shellcheck source=tests/conformance/venv.sh
. "$here/venv.sh"

passed=0 failed=0 skipped=0 running=

# Runs one program of checks and adds its counts to the sums.
check() {
    local status=0 counts=$work/$1
    # In the background, so that a signal to this script ends it too: `timeout` passes it on to all it started.
    VOD_CONFORMANCE_COUNTS=$counts timeout --kill-after=10 "$program_seconds" \
        "$venv/bin/python" -B "$here/$1.py" &
    running=$!
    wait "$running" || status=$?
    running=
    if [ ! -s "$counts" ]; then
        echo "FAIL  $1.py ended with status $status before all its checks"
        failed=$((failed + 1))
        return
    fi
    local program_passed program_failed
    read -r program_passed program_failed <"$counts"
    passed=$((passed + program_passed)) failed=$((failed + program_failed))
}

clean_up() {
    [ -z "$running" ] || kill "$running" 2>/dev/null || true
    rm -rf "$work"
}

# shellcheck source=tests/python.sh
. tests/python.sh

target=$(cargo metadata --no-deps --format-version 1 |
    "$python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
venv=$target/conformance-venv node=$target/conformance-node
mkdir -p "$target"
work=$(mktemp -d)
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make_venv
cargo build --quiet -p vod-emulator --features cli --bin vod-emulator
cargo build --quiet -p vod-tests --example conformance_client \
    --example conformance_upload --example credential_probe

export VOD_EMULATOR=$target/debug/vod-emulator
export VOD_CONFORMANCE_CLIENT=$target/debug/examples/conformance_client
export VOD_CONFORMANCE_UPLOAD=$target/debug/examples/conformance_upload
export VOD_CONFORMANCE_PROBE=$target/debug/examples/credential_probe
export VOD_CONFORMANCE_NODE=$node
# The vendor's SDKs would send what is meant for this machine to a proxy.
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy

check vendor_client
check vendor_upload
check our_client
check our_upload
check credential_files
if command -v npm >/dev/null; then
    make_node
    cp "$here/node/"*.js "$node/"
    check node_client
else
    echo "skip  the vendor's Node SDK: npm is not installed"
    skipped=1
fi

check daily_job

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
