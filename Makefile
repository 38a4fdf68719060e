# Two commands: `make run` extracts corpus/ into dataset/, `make test` passes every check. Both set everything up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= dataset
INPUT ?= corpus/*/*.txt

.PHONY: run test lint types contracts fast evaluation format bench clean help

run: $(VENV)/.runtime
	$(BIN)/report-extract run '$(INPUT)' --out $(OUT) --format parquet,csv,sqlite,jsonl

test: lint types contracts fast evaluation

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.development
	$(BIN)/mypy

contracts: $(VENV)/.development
	$(BIN)/lint-imports

fast: $(VENV)/.development
	$(BIN)/pytest

evaluation: $(VENV)/.development
	$(BIN)/report-extract evaluate corpus/dev --floors corpus/scores.toml --split dev

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development
	$(BIN)/python tests/benchmarks/speed.py 'corpus/*/*.txt'

clean:
	rm -rf $(VENV) dataset dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help:
	@grep -E '^[a-z]+:' Makefile | cut -d: -f1

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "report-extract needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.development: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.runtime
