#!/usr/bin/env bash
# A checkout without symbolic links, as git makes on Windows, builds and finds the specs of all packages: each link is a
# file whose text is the link's target.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar --exclude=./.git --exclude=target -cf - . | tar -xf - -C "$work"
find "$work" -type l | while read -r link; do
    text=$(readlink "$link")
    rm "$link"
    printf '%s' "$text" > "$link"
done
# The dependencies are built already; the workspace's own crates stand elsewhere and are built again.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
cd "$work"
cargo check --quiet -p vod-api --no-default-features --features events
cargo check --quiet -p vod-emulator
