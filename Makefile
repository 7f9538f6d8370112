# The commands of this project. Bare `make` prints them.
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
# Compiled Python is kept in build/, whatever the machine says: without it every start takes four seconds more.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache
.PHONY: help run test test-deep check fmt translations locks features bench docs clean base dev

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: export DEMO ?= 1
run: base  ## serve the site with demo data on http://127.0.0.1:8000 (DEMO=0: an empty site; PORT=8080: elsewhere)
	@exec .venv/bin/flask --app wsgi serve

test: dev  ## format, lint, map, types, translations; the suite on SQLite, and on PostgreSQL what asks it anything
	@tools/system_needs.sh
	@CHECKS=1 .venv/bin/python tools/suite.py

test-deep: dev  ## every test on both databases, and the sweeps of tests/trust as far as they go, differently each time
	@tools/system_needs.sh
	@DEEP=1 FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-2000} .venv/bin/python tools/suite.py

check: dev  ## everything of `make test` that needs no test: format, lint, map, types, translations, templates
	@tools/check.sh

fmt: dev  ## put the Python code into its format and repair what can be repaired
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format .

translations: dev  ## collect the texts of code and templates into both catalogues, and say what Vietnamese still misses
	@.venv/bin/python tools/update_translations.py

locks: dev  ## pin requirements/*.in with hashes, without index addresses
	@tools/locks.sh

features: dev  ## run the tests that show a feature, and write docs/features.md
	@mkdir -p docs
	@.venv/bin/pytest -q -n $${WORKERS:-2} -m feature --features-to docs/features.md

bench: dev  ## the benchmarks that need no outside data, one line of JSON each
	@tools/bench.sh

docs: dev  ## write the generated pages of docs/: stages and settings
	@.venv/bin/python tools/write_docs.py

clean:  ## remove what was built: .venv, build, caches (never instance/, where the site keeps its data)
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

base:
	@tools/install.sh base
	@.venv/bin/python tools/compile_translations.py

dev:
	@tools/install.sh dev
	@.venv/bin/python tools/compile_translations.py
