# Two commands do everything on a fresh machine: `make demo` and `make test`.

SHELL := /bin/bash
VENV ?= .venv
PYTHON ?= $(shell .ci/find-python)
BIN := $(VENV)/bin
# Which versions to test against, as arguments to pip; empty for the newest that Python allows.
CONSTRAINTS ?=
# What the test runner is told; a worker for each core.
PYTEST ?= -q -n auto

.PHONY: help demo test lint test-python test-postgres test-matrix bench messages clean

help:
	@echo "make demo    run the example newspaper with content, worker and logins"
	@echo "make test    run all checks and all tests, in a browser too"
	@echo "make bench   print the table of measurements"
	@echo "make lint    run the linters, the type checker and the catalogue check"

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/bin/python: .ci/find-python
	@test -n "$(PYTHON)" || { echo "No Python 3.10 or newer was found. Install one, or set PYTHON."; exit 1; }
	@$(PYTHON) -c "import ensurepip" 2>/dev/null || .ci/install-system venv
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/demo.stamp: $(VENV)/bin/python pyproject.toml
	$(PIP) --editable ".[database-tasks]" $(CONSTRAINTS)
	@touch $@

$(VENV)/test.stamp: $(VENV)/bin/python pyproject.toml
	$(PIP) --editable ".[database-tasks,test]" $(CONSTRAINTS)
	@touch $@

$(VENV)/lint.stamp: $(VENV)/bin/python pyproject.toml
	$(PIP) --editable ".[database-tasks,test,lint]" $(CONSTRAINTS)
	@touch $@ $(VENV)/test.stamp

demo: $(VENV)/demo.stamp
	@exec $(BIN)/python example_project/manage.py run_demo

test: lint test-python

test-python: $(VENV)/test.stamp
	@.ci/install-system chromium
	$(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/lint.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files '*.html')
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/check_catalogue.py
	$(BIN)/python -m django makemigrations --check --dry-run --settings tests.settings --pythonpath .

bench: $(VENV)/test.stamp
	@.ci/install-system chromium
	$(BIN)/python -m benchmarks

messages: $(VENV)/lint.stamp
	$(BIN)/python .ci/check_catalogue.py --write

# The desk, where writers meet, the articles, the readers' side and the search, on a PostgreSQL that is started and stopped here.
test-postgres: $(VENV)/test.stamp
	@.ci/install-system postgresql
	.ci/with-postgres $(BIN)/python -m pytest -q -n 2 -m "not browser and not slow" tests/articles tests/desk tests/publishing tests/search tests/sharing

# The oldest and the newest that the package supports, where those Pythons are installed.
test-matrix:
	.ci/test-matrix

clean:
	rm -rf $(VENV) artifacts build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
