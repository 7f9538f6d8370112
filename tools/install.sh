#!/bin/sh
# install.sh base|dev: make .venv hold exactly what requirements/base.txt or dev.txt says.
# A stamp holds the lock's checksum, so that the second call takes no time. Writes only inside this folder.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

wanted=${1:-base}
python=${PYTHON:-python3}
export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/build/cache/uv}"
export UV_NO_CONFIG=1 UV_NO_PROGRESS=1

checksum() { sha256sum "requirements/$1.txt" | cut -d ' ' -f 1; }

installed() { [ -x .venv/bin/python ] && [ "$(cat ".venv/$1.installed" 2>/dev/null)" = "$(checksum "$1")" ]; }

make_venv() {
    [ -x .venv/bin/pip ] && return
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
        echo "Python 3.11 or newer is needed as \"$python\" (another one: PYTHON=/path/to/python3 make ...)." >&2
        exit 1
    }
    echo "Making .venv"
    rm -rf .venv
    # Debian ships venv apart; without it the module is there and fails half-way.
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        if ! may_install; then
            echo "Python's venv is missing. Please run as root: apt-get install python3-venv" >&2
            exit 1
        fi
        install_packages python3-venv
    fi
    "$python" -m venv .venv
}

install_uv() {
    installed uv && return
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --require-hashes -r requirements/uv.txt
    checksum uv >.venv/uv.installed
}

if ! installed "$wanted"; then
    make_venv
    install_uv
    echo "Installing requirements/$wanted.txt"
    if [ "$wanted" = dev ]; then
        .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/dev.txt
        checksum base >.venv/base.installed
    else
        .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/base.txt
    fi
    checksum "$wanted" >".venv/$wanted.installed"
fi
