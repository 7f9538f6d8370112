#!/bin/sh
# Runs the benchmarks that need no outside data; standard output is JSON lines only.
# One whose usage line, `python -m benchmarks.NAME FOLDER`, asks for a folder is run by hand.
set -eu
cd "$(dirname "$0")/.."
for file in benchmarks/[a-z]*.py; do
    name=$(basename "$file" .py)
    if [ ! -e "$file" ]; then
        echo "There is no benchmark yet." >&2
    elif grep -q "python -m benchmarks\.$name [A-Z]" "$file"; then
        echo "$name: left out, it needs data" >&2
    else
        .venv/bin/python -m "benchmarks.$name"
    fi
done
