# To be sourced by bash with `python` and `venv` set: makes the virtual environment with the vendor's SDKs and command
# line, at the versions of requirements.txt, unless it is there.

make_venv() {
    local requirements
    requirements=$(dirname "${BASH_SOURCE[0]}")/requirements.txt
    if [ -x "$venv/bin/python" ] && cmp -s "$requirements" "$venv/installed.txt" &&
        "$venv/bin/python" -c 'import tccli.services.vod.vod_client, qcloud_vod.vod_upload_client' 2>/dev/null; then
        return
    fi
    rm -rf "$venv"
    "$python" -m venv "$venv"
    local pip=("$venv/bin/python" -m pip install --quiet --disable-pip-version-check)
    timeout 600 "${pip[@]}" -r "$requirements"
    # Their own requirements are the SDK of every service.
    local bare
    mapfile -t bare < <(sed -n 's/^# without-requirements: //p' "$requirements")
    timeout 600 "${pip[@]}" --no-deps "${bare[@]}"
    cp "$requirements" "$venv/installed.txt"
}

# The vendor's SDK for Node, with `node` set to its folder and `here` to that of the checks.
make_node() {
    local package
    package=$(dirname "${BASH_SOURCE[0]}")/node/package.json
    mkdir -p "$node"
    if cmp -s "$package" "$node/installed.json" && [ -d "$node/node_modules" ]; then
        return
    fi
    rm -rf "$node/node_modules" "$node/installed.json"
    cp "$package" "$node/"
    timeout 600 npm install --prefix "$node" --silent --no-audit --no-fund --no-package-lock --ignore-scripts
    cp "$package" "$node/installed.json"
}
