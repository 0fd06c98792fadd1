#!/usr/bin/env bash
# Changes the core one place at a time and runs its unit tests: each change must make one fail. By hand, not in CI: all
# of it takes hours, so run it in shards.
#
#     tests/mutants.sh [--shard K/N] [FILE...]     # files relative to vod-api/src; without any, the whole core
#
# Needs `cargo install cargo-mutants`. Results are in target/mutants.
set -euo pipefail
cd "$(dirname "$0")/.."

core=(
    client/config.rs clock.rs clock/skew.rs
    credential/cache.rs credential/cache/load.rs
    endpoint/circuit_breaker.rs
    events/ledger.rs 'events/ledger/*.rs'
    pipeline/attempt.rs pipeline/no_retry.rs pipeline/request.rs pipeline/response.rs pipeline/retry_loop.rs
    rate_limit.rs 'rate_limit/*.rs'
    record/decode.rs 'record/decode/*.rs' record/limits.rs
    retry.rs 'retry/*.rs'
    signature.rs 'signature/*.rs'
)

shard=()
if [ "${1:-}" = --shard ]; then
    shard=(--shard "$2")
    shift 2
fi
[ $# -gt 0 ] && core=("$@")
files=()
for file in "${core[@]}"; do
    files+=(--file "vod-api/src/$file")
done

export CARGO_PROFILE_DEV_DEBUG=none CARGO_PROFILE_TEST_DEBUG=none
exec cargo mutants --package vod-api --no-shuffle --output target/mutants --baseline=skip \
    --timeout 120 --build-timeout 600 --exclude 'tests' --exclude 'vod-api/src/events/ledger/model.rs' \
    --no-default-features --features events "${shard[@]}" "${files[@]}" -- --lib
