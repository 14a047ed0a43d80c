# `make run` and `make test` need git, make and Python 3.11 on Debian; they set up the rest.
UV_VERSION := 0.13.9
PYTHON ?= $(shell command -v /usr/bin/python3.11 || command -v python3.11 || echo python3)
UV := UV_PYTHON=$(PYTHON) UV_PYTHON_DOWNLOADS=never .tools/bin/uv
BIN := .venv/bin
CONSOLE := orchestrator/console
CONSOLE_SOURCES := $(shell find $(CONSOLE)/src $(CONSOLE)/public -type f 2>/dev/null) \
	$(wildcard $(CONSOLE)/*.json $(CONSOLE)/*.ts $(CONSOLE)/index.html)
# npm of the pip-installed Node, so that no system Node is needed
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/$(BIN)/npm --prefix $(CONSOLE)

.PHONY: run test check bench demo-reset setup setup-console e2e faults contract test-long format generate

run: setup setup-console
	$(BIN)/deskhand up $(ARGS)

test: setup setup-console
	$(BIN)/pytest -n 2 --dist loadfile -m "not e2e and not faults and not contract" $(ARGS)
	$(NPM) test --silent

e2e: setup setup-console
	$(BIN)/pytest -m e2e $(ARGS)

faults: setup
	$(BIN)/pytest -m faults $(ARGS)

# Sends whatever openapi.json allows, for four minutes.
contract: setup
	$(BIN)/pytest -m contract tests/service $(ARGS)

test-long: e2e faults contract

check: setup setup-console
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m orchestrator.api.openapi | diff -q - openapi.json \
		|| { echo "openapi.json is out of date: run make generate" >&2; exit 1; }
	$(BIN)/datamodel-codegen --check >/dev/null \
		|| { echo "agent/wire.py is out of date: run make generate" >&2; exit 1; }
	$(NPM) run --silent check

bench: setup
	$(BIN)/python -m benchmarks

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generate: setup
	$(BIN)/python -m orchestrator.api.openapi > openapi.json
	$(BIN)/datamodel-codegen
	$(NPM) run --silent generate

demo-reset:
	@if [ -x $(BIN)/deskhand ]; then $(BIN)/deskhand down; fi
	rm -rf .data

setup: .venv/.ready
setup-console: $(CONSOLE)/dist/index.html

.tools/bin/uv:
	./scripts/system-packages
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: .tools/bin/uv pyproject.toml uv.lock scripts/system-packages
	./scripts/system-packages
	$(UV) sync --locked
	@touch $@

$(CONSOLE)/node_modules/.ready: .venv/.ready $(CONSOLE)/package-lock.json
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(CONSOLE)/dist/index.html: $(CONSOLE)/node_modules/.ready $(CONSOLE_SOURCES)
	$(NPM) run build
	@touch $@
