#!/usr/bin/env bash
# Packs every crate that is published, builds each from its tarball, and compiles the tests that travel in them.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"

# cargo keeps what it has unpacked and built of a version, and versions that are not published change under the same
# number. A home of its own, with the user's downloads, lets that be deleted.
home="${CARGO_HOME:-$HOME/.cargo}"
export CARGO_HOME="$target/package_home"
rm -rf "$CARGO_HOME" "$target"/debug/.fingerprint/vod-{spec,import,codegen,macros,api,emulator,cli}-* "$target"/package/vod-*
mkdir -p "$CARGO_HOME/registry"
for shared in config.toml registry/cache registry/index; do
    if [ -e "$home/$shared" ]; then ln -s "$home/$shared" "$CARGO_HOME/$shared"; fi
done

cargo package --workspace --allow-dirty \
    --exclude vod-tests --exclude vod-examples --exclude vod-first-steps --exclude vod-benches

# A workspace of the unpacked packages: what they say of each other by version is found by path.
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
cargo check --manifest-path "$unpacked/Cargo.toml" --workspace --tests
