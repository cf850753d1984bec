# make test   the suite: in the sandbox, and on a bench where there is one
# make demo   the sample city in the sandbox, at http://127.0.0.1:8000
# make lint   what the suite's static part checks of the style, alone
#
# make test ARGS="-k routing"     pytest's own arguments
# make test GROUND=sandbox        one ground only (sandbox or site)
# make demo SERVE=0               the walk without the pages; PORT=8080 for another port

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

GROUND ?= all
ARGS ?=
SERVE ?= 1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help install test demo lint format clean

help:
	@sed -n 's/^# \{0,1\}//p' Makefile

install: $(INSTALLED)

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "Python 3.10 or newer is needed and $(PYTHON) is $$($(PYTHON) --version 2>&1); name another: make PYTHON=python3.11" >&2; \
		exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || { echo "Making $(VENV)" && $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing into $(VENV)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[sandbox,test]'
	@touch $@

test: $(INSTALLED)
	@$(BIN)/python -m tests.grounds --ground $(GROUND) -- $(ARGS)

demo: $(INSTALLED)
	@$(BIN)/python -m sandbox demo --port $(PORT) $(if $(filter 0 no,$(SERVE)),--no-serve)

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

format: $(INSTALLED)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf .venv .venv-bench .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache sandbox-site
