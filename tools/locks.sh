#!/bin/sh
# Pin requirements/*.in. The locks name no index and no command line, so they read the same wherever they are made.
# An unchanged .in keeps its pins; `make locks UPGRADE=1` takes the newest versions.
set -eu
cd "$(dirname "$0")/.."
export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/build/cache/uv}"
upgrade=${UPGRADE:+--upgrade}

# Beside what the site stands on comes the extra `semantic`: its lock may not move what base.txt pins.
for name in base dev uv semantic; do
    constraint=$([ "$name" != semantic ] || echo "--constraint requirements/base.txt")
    # shellcheck disable=SC2086 # empty or whole words
    .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
        $upgrade $constraint "requirements/$name.in" --output-file "requirements/$name.txt"
    echo "requirements/$name.txt: $(grep -c '^[a-zA-Z0-9]' "requirements/$name.txt") packages"
done
