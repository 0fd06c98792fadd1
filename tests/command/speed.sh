#!/bin/sh
# CPU time, memory and size of `vod`, and of a call to the emulator beside the vendor's `tccli`. Build it first:
#   cargo build --release -p vod-cli && tests/command/speed.sh target/release/vod
# The budget for the first three lines is 15 ms of CPU and 20 MB each, for the search 20 ms, for the call a twentieth of
# tccli's CPU. Exits with 1 where it is not kept. tccli comes from target/conformance-venv, which tests/conformance/run.sh
# makes; without it, it is left out.
set -eu
cd "$(dirname "$0")/../.."
vod=${1:-target/release/vod}
PYTHONPATH=tests/conformance exec python3 -B tests/command/speed.py "$vod"
