#!/bin/sh
# Runs the benchmarks that need no outside data; standard output is JSON lines only.
# A benchmark that needs a data set says `NEEDS_DATA = True` and is run by hand.
set -eu
cd "$(dirname "$0")/.."
for benchmark in benchmarks/[a-z]*.py; do
    [ -e "$benchmark" ] || { echo "There is no benchmark yet." >&2; exit 0; }
    grep -q '^NEEDS_DATA = True' "$benchmark" && { echo "left out, needs data: $benchmark" >&2; continue; }
    .venv/bin/python "$benchmark"
done
