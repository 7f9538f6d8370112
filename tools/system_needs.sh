#!/bin/sh
# What the suite needs beside Python: a Chromium and a PostgreSQL server. Installs them when it may;
# otherwise says which tests will be skipped and why. With CI set, nothing may be missing.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

chromium_is_there() { command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
postgresql_is_there() { [ -n "${TEST_DATABASE_URL:-}" ] || python3 tools/postgres.py bindir >/dev/null 2>&1; }

# The same Chromium without its window: pages take half the time. It is taken where it is to be had.
if ! command -v chromium-headless-shell >/dev/null && may_install; then
    install_packages chromium-headless-shell || true
fi

missing=
chromium_is_there || missing="chromium"
postgresql_is_there || missing="$missing postgresql"

if [ -n "$missing" ] && may_install; then
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing || true
fi

still_missing=0
chromium_is_there || {
    still_missing=1
    echo "SKIPPED: the tests marked \"browser\", because there is no Chromium (as root: apt-get install chromium)."
}
postgresql_is_there || {
    still_missing=1
    echo "SKIPPED: the second run of the suite, because there is no PostgreSQL server" \
         "(as root: apt-get install postgresql, or set TEST_DATABASE_URL)."
}
if [ "$still_missing" = 1 ] && [ -n "${CI:-}" ]; then
    echo "In CI nothing may be skipped." >&2
    exit 1
fi
