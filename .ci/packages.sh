#!/usr/bin/env bash
# Packs every crate that is published, and compiles each from its tarball: the libraries and programs, then the unit tests.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"

# What cargo itself would build to verify a package stays in the user's registry under a version that is not published
# yet. So the tarballs are built here, as a workspace in which they find each other by path.
rm -f "$target"/package/vod-*.crate
cargo package --workspace --allow-dirty --no-verify \
    --exclude vod-tests --exclude vod-examples --exclude vod-first-steps --exclude vod-benches

unpacked="$target/package/unpacked"
rm -rf "$unpacked" && mkdir -p "$unpacked"
for tarball in "$target"/package/vod-*.crate; do tar -xf "$tarball" -C "$unpacked"; done
{
    printf '[workspace]\nresolver = "3"\nmembers = ["vod-*"]\n\n[patch.crates-io]\n'
    for crate in "$unpacked"/vod-*; do
        name=$(basename "$crate")
        printf '%s = { path = "%s" }\n' "${name%-[0-9]*}" "$name"
    done
} > "$unpacked/Cargo.toml"
cp Cargo.lock "$unpacked/"
CARGO_TARGET_DIR="$target" cargo check --manifest-path "$unpacked/Cargo.toml" --workspace
CARGO_TARGET_DIR="$target" cargo check --manifest-path "$unpacked/Cargo.toml" --workspace --tests

# By hand, since it takes three minutes more: the command is installed from its package, as a user installs it.
if [ "${1:-}" = --install ]; then
    CARGO_TARGET_DIR="$target" cargo install --debug --locked --root "$target/package/installed" --path "$unpacked"/vod-cli-*
    "$target/package/installed/bin/vod" --version
fi
