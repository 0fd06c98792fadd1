#!/usr/bin/env bash
# Services of one's own, as the guide "An action, or a whole service, that is not here yet" says: the importer makes
# spec files of the vendor's models, and crates outside the workspace, built on the packages that would be published,
# call the services against the emulator. Then every model that the vendor publishes is imported, and the spec files
# of this repository are compared with the vendor's models.
#
#   tests/own_service/run.sh
#
# Needs cargo and Python 3. Takes the models from the package of requirements.txt and keeps them below the target
# directory. All traffic of the checks stays on 127.0.0.1.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD here=$PWD/tests/own_service

# Each step ends by itself well before this; at the limit it is ended with all that it started.
readonly step_seconds=900

readonly packages=(vod-spec vod-codegen vod-macros vod-api vod-emulator)

# Crate, and the model that it is made of.
readonly crates=(
    "cvm         cvm/v20170312"
    "weilingwith weilingwith/v20230427"
    "vod_pro     vod/v20240718"
)

# The models of all services, unpacked from the vendor's package.
fetch_models() {
    if cmp -s "$here/requirements.txt" "$work/models/fetched.txt"; then
        return
    fi
    rm -rf "$work/venv" "$work/wheel" "$work/models"
    "$python" -m venv "$work/venv"
    timeout 600 "$work/venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps \
        --only-binary :all: --require-hashes --dest "$work/wheel" -r "$here/requirements.txt"
    "$python" -m zipfile -e "$work"/wheel/tccli-*.whl "$work/wheel/unpacked"
    mv "$work/wheel/unpacked/tccli/services" "$work/models"
    rm -rf "$work/wheel"
    cp "$here/requirements.txt" "$work/models/fetched.txt"
}

import() {
    timeout "$step_seconds" cargo run --quiet -p vod-cli -- spec import "$@"
}

# The packages as they would be published, unpacked into $work/packages, each in a folder of its name.
make_packages() {
    timeout "$step_seconds" cargo package --quiet --allow-dirty --no-verify "${packages[@]/#/-p}"
    rm -rf "$work/packages"
    local name version
    for name in "${packages[@]}"; do
        version=$(value_of "next(p['version'] for p in m['packages'] if p['name'] == '$name')")
        mkdir -p "$work/packages/$name"
        # Files in packages are all of one old date; cargo would take what it built of them before.
        tar -xmzf "$target/package/$name-$version.crate" -C "$work/packages/$name" --strip-components=1
    done
}

value_of() {
    "$python" -c "import json, sys; m = json.load(open(sys.argv[1])); print($1)" "$work/metadata.json"
}

# The user's crates, in a workspace that takes the packages for those of the registry, and their spec files.
make_crates() {
    local name
    rm -rf "$work/users"
    mkdir -p "$work/users"
    cp "$root/Cargo.lock" "$work/users/"
    {
        printf '[workspace]\nresolver = "3"\nmembers = ["cvm", "weilingwith", "vod_pro"]\n\n[patch.crates-io]\n'
        for name in "${packages[@]}"; do
            printf '%s = { path = "../packages/%s" }\n' "$name" "$name"
        done
    } >"$work/users/Cargo.toml"
    local line crate model
    for line in "${crates[@]}"; do
        read -r crate model <<<"$line"
        cp -R "$here/$crate" "$work/users/"
        echo "importing $model"
        import --model "$work/models/$model/api.json" --examples "$work/models/$model/examples.json" \
            --out "$work/users/$crate/specs" >"$work/$crate.txt"
        tail -n 1 "$work/$crate.txt"
    done
}

# What a person adds to the files of CVM, and a second import must leave as it is.
add_words() {
    local specs=$work/users/cvm/specs model=$work/models/cvm/v20170312
    sed -i.before '1a idempotent = true' "$specs/DescribeZones.toml"
    rm "$specs/DescribeZones.toml.before"
    printf '\n[pagination]\noffset = "Offset"\nlimit = "Limit"\nitems = "InstanceSet"\ntotal = "TotalCount"\n' \
        >>"$specs/DescribeInstances.toml"
    import --model "$model/api.json" --examples "$model/examples.json" --out "$specs" --check | tail -n 1
}

# shellcheck source=tests/python.sh
. tests/python.sh

metadata=$(cargo metadata --no-deps --format-version 1)
target=$("$python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])' <<<"$metadata")
work=$target/own-service
mkdir -p "$work"
echo "$metadata" >"$work/metadata.json"

rustfmt --edition 2024 --check "$here"/*/src/*.rs "$here"/*/tests/*.rs "$here"/*/build.rs
fetch_models
make_packages
make_crates
add_words

# The emulator of these tests is on this machine; a proxy would be in between.
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy

echo "building the crates on the packages, and calling their services"
(cd "$work/users" && CARGO_TARGET_DIR=$target timeout "$step_seconds" cargo test --quiet --workspace --tests)

echo "importing every model that the vendor publishes, and comparing the spec files of this repository with theirs"
VOD_SPEC_MODELS=$work/models timeout "$step_seconds" \
    cargo test --quiet -p vod-import --test import -- --nocapture all_models vendor
