#!/usr/bin/env bash
# Builds every fuzz target and runs each for a bounded number of inputs, from the committed corpus and a fixed seed.
#
#     fuzz/smoke.sh [--runs N] [--seconds N] [target...]
#
# Any crash, hang or broken promise ends it with an error and leaves the input in fuzz/artifacts. What is needed is a
# stable Rust and a C++ compiler: cargo-fuzz would set the same flags, but takes longer to build than all of this.
set -euo pipefail
cd "$(dirname "$0")"

runs=20000
seconds=10
while [ $# -gt 0 ]; do
    case "$1" in
        --runs) runs=$2; shift 2 ;;
        --seconds) seconds=$2; shift 2 ;;
        *) break ;;
    esac
done
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\(.*\)"$/\1/p' Cargo.toml | tail -n +2)

if ! command -v c++ >/dev/null; then
    sudo=$(command -v sudo || true)
    $sudo apt-get update -qq && $sudo apt-get install -y -qq g++
fi

# What cargo-fuzz passes with `--sanitizer none`: the branches are counted, which stable Rust can do.
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
build=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release --target "$host"

for target in "${targets[@]}"; do
    echo "fuzzing $target"
    mkdir -p "artifacts/$target"
    new=$(mktemp -d)
    # What is found goes into a folder of its own, so that the committed corpus stays as it is.
    "$build/$host/release/$target" -runs="$runs" -max_total_time="$seconds" -seed=20180717 -max_len=4096 -timeout=10 \
        -rss_limit_mb=1024 -artifact_prefix="artifacts/$target/" -verbosity=0 -print_final_stats=1 \
        "$new" "corpus/$target" 2>"$new.log" || { tail -n 60 "$new.log"; exit 1; }
    sed -n 's/^stat::number_of_executed_units: */  inputs: /p' "$new.log"
    rm -rf "$new" "$new.log"
done
