# make setup      .venv/bin/duheng, from nothing but Python 3.11 and the package registries; again: nothing to do
# make demo       the sample district's plan, served on this machine until Ctrl-C
# make test       set-up, static checks, the default tests, and the site's again on PostgreSQL
# make test-long  whatever is slow: every page in a browser, mutated files, the bundle installed
# make postgresql the tests of the site on a PostgreSQL that is started for them and gone after
# make browsers   every shipped script and style held against Chromium 109
# make check      static checks and the default tests
# make bench      what duheng achieves and how long it takes, written to docs/
# make bundle     a folder that installs on a machine without any registry (PLATFORM=aarch64, win_amd64: for another kind)
# make lock       the lock files anew, from versions at least a week old (UPGRADE=1: the newest such)

SHELL := /bin/sh
BIN := .venv/bin
SITE := src/duheng/site
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv --quiet
VENDOR := $(SITE)/static/vendor/list.json
PREPARED := $(shell find src/duheng -name '*.py') $(wildcard src/duheng/catalog/*.yml)
CATALOGS := $(wildcard $(SITE)/locale/*/LC_MESSAGES/*.po)
# A file's tests stay together, so that what they share is made once.
EVERY_CORE := --numprocesses auto --maxprocesses 4 --dist loadfile
say = @printf '  %s\n' "$(1)"

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long check lint types bench bundle lock browser browsers office postgresql
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# make /make /p' Makefile

setup: .venv/.installed $(VENDOR) .venv/.translated .venv/.prepared

demo: setup
	@exec $(BIN)/duheng demo

test: browser check postgresql

test-long: setup browser office
	@$(BIN)/python scripts/browsers.py
	$(BIN)/python -m pytest -m long
	@scripts/postgres.sh $(BIN)/python -m pytest -m "long or not long" tests/journey tests/postgresql

postgresql: setup
	@scripts/postgres.sh $(BIN)/python -m pytest $(EVERY_CORE) tests/site tests/postgresql

check: setup lint types
	$(BIN)/python -m pytest $(EVERY_CORE)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: setup
	$(BIN)/python -m mypy

bench: setup .bench/.installed
	@for script in $$(ls benchmarks/*.py | grep -v -e /page.py -e /reference.py -e /published.py); do $(BIN)/python "$$script" || exit 1; done

bundle: setup
	@$(BIN)/python scripts/bundle.py $(PLATFORM)

browsers: setup
	@$(BIN)/python scripts/browsers.py

browser:
	@scripts/browser.sh

office:
	@scripts/office.sh

# Hashes, no host, no path; a week's wait keeps out releases that are withdrawn again.
LOCK := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --exclude-newer '7 days' \
	$(if $(UPGRADE),--upgrade)
lock:
	$(LOCK) --group pyproject.toml:setup --output-file requirements/uv.txt
	$(LOCK) --group pyproject.toml:bench --output-file requirements/bench.txt
	$(LOCK) pyproject.toml --extra site --extra postgresql --group dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --extra site --extra postgresql --constraint requirements/dev.txt --output-file requirements/base.txt
	$(BIN)/python scripts/npm_lock.py

.venv/bin/uv: requirements/uv.txt
	$(call say,environment)
	@scripts/venv.sh
	@touch $@

.venv/.installed: .venv/bin/uv requirements/dev.txt pyproject.toml
	$(call say,Python packages)
	@$(UV) pip sync --require-hashes --compile-bytecode requirements/dev.txt
	@$(UV) pip install --no-deps --no-build-isolation -e .
	@touch $@

$(VENDOR): package.json package-lock.json scripts/vendor.py | .venv/.installed
	$(call say,front-end packages)
	@$(BIN)/python scripts/vendor.py

# What our forecasts are measured against; far larger than duheng, so apart.
.bench/.installed: requirements/bench.txt | .venv/.installed
	$(call say,packages to measure against)
	@$(BIN)/python -m venv --without-pip .bench
	@$(UV) pip sync --python .bench/bin/python --require-hashes requirements/bench.txt
	@touch $@

.venv/.translated: $(CATALOGS) | .venv/.installed
	$(call say,translations)
	@test -z "$(CATALOGS)" || $(BIN)/pybabel --quiet compile --directory $(SITE)/locale --domain django
	@touch $@

# What commands would otherwise work out each time they start: modules and patterns compiled, the catalog read and checked.
# Here, for machines where Python may not write beside its modules; again when a module has changed.
.venv/.prepared: $(PREPARED) scripts/prepare.py | .venv/.installed
	$(call say,patterns and catalog)
	@$(BIN)/python -m compileall -q src/duheng
	@$(BIN)/python scripts/prepare.py
	@touch $@
