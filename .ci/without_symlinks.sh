#!/usr/bin/env bash
# A clone without symbolic links, as git makes on Windows, builds and finds the specs of all packages.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -c core.symlinks=false clone --quiet --no-hardlinks "$PWD" "$work/clone"
[ ! -L "$work/clone/vod-api/api-specs" ] || { echo "the clone has symbolic links"; exit 1; }
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/without_symlinks"
cd "$work/clone"
cargo test --quiet -p vod-spec -p vod-codegen --tests
cargo check --quiet -p vod-api --no-default-features --features events
cargo check --quiet -p vod-emulator -p vod-cli
