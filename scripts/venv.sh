#!/bin/sh
# Make .venv with a Python that is new enough, and uv in it, whose hash is checked.
set -eu

find_python() {
    for name in ${PYTHON:-python3.11 python3 python3.12 python3.13}; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "setup: no Python 3.11 or later was found. Install one (apt-get install python3 python3-venv), or name it: make setup PYTHON=/path/to/python3" >&2
    return 1
}

python=$(find_python)
# Debian ships venv without pip unless python3-venv is there.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        log=$(mktemp)
        if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends python3-venv; } >"$log" 2>&1; then
            tail -n 5 "$log" >&2
            exit 1
        fi
        rm -f "$log"
    else
        echo "setup: $python cannot make an environment. Install what is missing: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
"$python" -m venv .venv
PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
