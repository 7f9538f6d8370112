#!/bin/sh
# Every check that needs no test. Each prints one line; a failing one shows its output, and the rest still run.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0

step() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        printf '  ok      %s\n' "$name"
    else
        printf '%s\n  FAILED  %s\n' "$output" "$name"
        failed=1
    fi
}

step "format (ruff)"            $bin/ruff format --quiet --check --diff .
step "lint (ruff)"              $bin/ruff check --quiet .
step "map (import-linter)"      $bin/lint-imports --no-logo
step "types (mypy)"             $bin/mypy
step "security (bandit)"        $bin/bandit --quiet --severity-level medium --configfile pyproject.toml --recursive marketplace
step "templates (djlint)"       $bin/djlint --quiet --lint templates
step "templates (house rules)"  $bin/python tools/check_templates.py
step "translations"             $bin/python tools/check_translations.py

exit $failed
