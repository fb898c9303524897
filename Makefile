# Two commands to know: `make app` and `make test`. Both make the environment when it isn't there.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: help env app build test test-fast test-browser check fmt test-spark lock reference benchmarks clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The stamp carries the lock's checksum: the environment is remade only when the lock changes.
STAMP := $(VENV)/.stamp-$(shell sha256sum requirements.lock pyproject.toml | sha256sum | cut -c1-16)
ROOMS := schema ingest analysis views commands tests benchmarks app.py cli.py

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

env: $(STAMP)  ## the environment in .venv, with the command .venv/bin/claimgap

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "claimgap needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 env")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (about a minute, once) ..."
	@$(BIN)/python -m pip --disable-pip-version-check install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install -qq --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.stamp-*
	@touch $@

build: env  ## build/claimgap.duckdb from catalog/
	@$(BIN)/claimgap build --if-changed

app: env  ## build what is missing, then serve the app and print its address
	@$(BIN)/claimgap build --if-changed
	@$(BIN)/claimgap app

test: env  ## all tests, in the browser too
	@bash tests/browser/ensure_chromium.sh
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not spark"

test-fast: env  ## all tests but the browser's
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser and not spark"

test-browser: env  ## the browser's tests only
	@bash tests/browser/ensure_chromium.sh
	@$(BIN)/python -m pytest -m browser

test-spark: env  ## the screening on Spark against DuckDB (needs Java 17+; installs Spark)
	@bash tests/ingest/screening/ensure_java.sh
	@$(BIN)/python -c 'import pyspark, grpc_status' 2>/dev/null || $(BIN)/python -m pip --disable-pip-version-check install -qq --require-hashes -r requirements-spark.lock
	@$(BIN)/python -m pytest -m spark

check: env  ## lint, format, types, and the directions between the rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fmt: env  ## format the code
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

lock:  ## write requirements.lock anew (needs uv on the PATH)
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements.lock --quiet
	@uv pip compile pyproject.toml --extra spark --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -c requirements.lock -o requirements-spark.lock --quiet

benchmarks: env  ## measure, as ratios against a peer or a limit
	@$(BIN)/python -m benchmarks

clean:  ## remove what was made, but the environment
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
