#!/usr/bin/env bash
# Changes the core one place at a time and runs its unit tests: each change must make one fail. By hand, not in CI: each
# mutant is a build of its own, so run it in shards.
#
#     tests/mutants/run.sh [--without-switch] [--shard K/N] [FILE...]
#
# Files are relative to vod-api/src; without any, those of core.txt. `--without-switch` tests only what `one_build.sh`, which
# is faster by far, can't test. Needs `cargo install cargo-mutants`. Results are in target/mutants.
set -euo pipefail
cd "$(dirname "$0")/../.."

rest=
if [ "${1:-}" = --without-switch ]; then
    rest=yes
    shift
fi
shard=()
if [ "${1:-}" = --shard ]; then
    shard=(--shard "$2")
    shift 2
fi
mapfile -t core < tests/mutants/core.txt
[ $# -gt 0 ] && core=("$@")
files=()
for file in "${core[@]}"; do
    files+=(--file "vod-api/src/$file")
done

names=()
if [ -n "$rest" ]; then
    . tests/mutants/python.sh
    mapfile -t left < <("$python" tests/mutants/schemata.py --without-switch "${core[@]/#/vod-api/src/}")
    for name in "${left[@]}"; do
        names+=(--re "^$(printf %s "$name" | sed 's/[][\\.*^$(){}?+|]/\\&/g')\$")
    done
fi

export CARGO_PROFILE_DEV_DEBUG=none CARGO_PROFILE_TEST_DEBUG=none
exec cargo mutants --package vod-api --no-shuffle --output target/mutants --baseline=skip \
    --timeout 120 --build-timeout 600 --no-default-features --features events \
    "${shard[@]}" "${files[@]}" "${names[@]}" -- --lib
