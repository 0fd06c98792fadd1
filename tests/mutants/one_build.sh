#!/usr/bin/env bash
# The same mutants as `run.sh`, in one build: each stands behind a switch, and the unit tests run once for each switch.
# Takes an hour for the whole core, where a build for each mutant takes a day.
#
#     tests/mutants/one_build.sh [--resume] [FILE...]     # files relative to vod-api/src; without any, those of core.txt
#
# `--resume` goes on with the tree and the results of the last run.
#
# Needs `cargo install cargo-mutants`, which lists the mutants, and Python 3. What a switch cannot express (constants,
# `impl Trait`, a match that names every case) is told as "no switch": `run.sh` tests it. Each mutant is a line of
# target/mutants/one_build.tsv: its outcome, file and name. The tree that is changed is a copy.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/mutants
mkdir -p "$work"
resume=
if [ "${1:-}" = --resume ]; then
    resume=yes
    shift
fi
mapfile -t core < tests/mutants/core.txt
[ $# -gt 0 ] && core=("$@")
files=()
for file in "${core[@]}"; do
    files+=("vod-api/src/$file")
done

. tests/mutants/python.sh
if [ -n "$resume" ]; then
    git -C "$work/tree" checkout --quiet .
else
    rm -rf "$work/tree" "$work/one_build.tsv"
    git clone --quiet . "$work/tree"
fi
export CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=none CARGO_PROFILE_TEST_DEBUG=none
"$python" tests/mutants/schemata.py "$work/tree" "$work/one_build.tsv" "${files[@]}"
cut -f1 "$work/one_build.tsv" | sort | uniq -c
