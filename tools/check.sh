#!/bin/sh
# Every check that needs no test, side by side. Each prints one line; a failing one shows its output, and the rest still run.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
number=0

# step NAME COMMAND: begun at once, told in order at the end
step() {
    number=$((number + 1))
    (
        name=$1 file=$said/$(printf '%02d' "$number")
        shift
        if "$@" >"$file.output" 2>&1; then
            printf '  ok      %s\n' "$name" >"$file"
        else
            { cat "$file.output"; printf '  FAILED  %s\n' "$name"; } >"$file"
            touch "$said/failed"
        fi
    ) &
}

step "format (ruff)"            $bin/ruff format --quiet --check --diff .
step "lint (ruff)"              $bin/ruff check --quiet .
step "map (import-linter)"      $bin/lint-imports --no-logo
step "types (mypy)"             $bin/mypy
step "security (bandit)"        $bin/bandit --quiet --severity-level medium --configfile pyproject.toml --recursive marketplace
step "templates (djlint)"       $bin/djlint --quiet --lint templates
step "templates (house rules)"  $bin/python tools/check_templates.py
step "translations"             $bin/python tools/check_translations.py

wait
cat "$said"/[0-9][0-9]
[ ! -e "$said/failed" ]
