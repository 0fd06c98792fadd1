#!/usr/bin/env bash
# Compiles every model that the vendor publishes, each as a crate of its own under `deny(warnings)`. By hand, not in CI: it
# takes about ten minutes.
#
#   tests/own_service/every_model.sh [FOLDER]    # default: the models that tests/own_service/run.sh has fetched
#
# FOLDER has `SERVICE/VERSION/api.json` with an `examples.json` beside each, as the vendor's command line holds them.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
models=$(realpath "${1:-$target/own-service/models}")
work=$target/every-model

cargo build --quiet -p vod-cli
rm -rf "$work/crates"
mkdir -p "$work/crates"
cp Cargo.lock "$work/crates/"
printf '[workspace]\nresolver = "3"\nmembers = ["*-*"]\n\n[profile.dev]\ndebug = false\nincremental = false\n' >"$work/crates/Cargo.toml"
count=0
for model in "$models"/*/*/api.json; do
    folder=$(dirname "$model")
    version=$(basename "$folder")
    name=$(basename "$(dirname "$folder")")-$version
    crate=$work/crates/$name
    mkdir -p "$crate/src"
    cp tests/own_service/cvm/build.rs "$crate/"
    printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\nvod-api = { path = "%s", default-features = false }\n' \
        "$name" "$root/vod-api" >"$crate/Cargo.toml"
    printf '#![deny(warnings)]\n\nvod_api::service!("specs");\n' >"$crate/src/lib.rs"
    "$target/debug/vod" spec import --model "$model" --examples "$folder/examples.json" --out "$crate/specs" >"$crate/import.txt"
    count=$((count + 1))
done
echo "$count models are imported"
CARGO_TARGET_DIR=$work/target cargo check --quiet --workspace --keep-going --manifest-path "$work/crates/Cargo.toml"
echo "$count models compile under deny(warnings)"
