#!/bin/sh
# install.sh base|dev: make .venv hold exactly what requirements/base.txt or dev.txt says.
# A stamp holds the lock's checksum, so that the second call takes no time. Writes only inside this folder.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

wanted=${1:-base}
python=${PYTHON:-python3}
export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/build/cache/uv}"
export UV_NO_PROGRESS=1
# uv trusts the certificates it brings along; behind a company's proxy the machine's own are needed.
if [ -z "${SSL_CERT_FILE:-}" ] && [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=1; fi

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

pip_install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes -r "$1"
}

# uv takes a tenth of pip's time; pip knows more ways to an index (pip.conf), so it is asked when uv cannot.
install_lock() {
    lock="requirements/$1.txt"
    echo "Installing $lock"
    if ! installed uv; then
        pip_install requirements/uv.txt
        checksum uv >.venv/uv.installed
    fi
    # sync takes away whatever no lock names: uv itself is named, or the next `make locks` would miss it.
    case $1 in
        dev) .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "$lock" requirements/uv.txt || pip_install "$lock" ;;
        *) .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" || pip_install "$lock" ;;
    esac
    checksum "$1" >".venv/$1.installed"
}

if ! installed "$wanted"; then
    make_venv
    install_lock "$wanted"
    # Whatever dev holds, base holds: the same pins.
    if [ "$wanted" = dev ]; then checksum base >.venv/base.installed; fi
fi
