# To be sourced: sets `python` to a Python 3.9 or newer with venv and pip, and installs Debian's if there is none.

find_python() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

if ! python=$(find_python); then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
    python=$(find_python) || { echo "there is no Python 3.9 or newer with venv and pip" >&2; exit 1; }
fi
