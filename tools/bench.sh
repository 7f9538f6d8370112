#!/bin/sh
# Runs the benchmarks that need no outside data; standard output is JSON lines only.
# A module that nobody runs by itself (benchmarks/city.py, what others measure in) is passed over; one whose usage line, `python -m benchmarks.NAME FOLDER`, asks for a folder is run by hand.
set -eu
cd "$(dirname "$0")/.."
for file in benchmarks/[a-z]*.py; do
    name=$(basename "$file" .py)
    if [ ! -e "$file" ]; then
        echo "There is no benchmark yet." >&2
    elif ! grep -q '^if __name__ == "__main__"' "$file"; then
        continue
    elif grep -q "python -m benchmarks\.$name [A-Z]" "$file"; then
        echo "$name: left out, it needs data" >&2
    else
        .venv/bin/python -m "benchmarks.$name"
    fi
done
VECTORS=1 .venv/bin/python -m benchmarks.suggestions
