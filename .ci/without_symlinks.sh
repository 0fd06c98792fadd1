#!/usr/bin/env bash
# A clone without symbolic links, as git makes on Windows, builds and finds the specs of all packages.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -c core.symlinks=false clone --quiet --no-hardlinks "$PWD" "$work/clone"
[ ! -L "$work/clone/vod-api/api-specs" ] || { echo "the clone has symbolic links"; exit 1; }
# The dependencies are built already; the workspace's own crates stand elsewhere and are built again.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
cd "$work/clone"
cargo check --quiet -p vod-api --no-default-features --features events
cargo check --quiet -p vod-emulator
