# Every target sets up .venv by itself; nothing but Python 3.11+ and make is needed.
# A C compiler, where there is one, makes the engine faster (docs/architecture.md).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILED := build/compiled
export PREFECT_HOME := $(CURDIR)/.prefect
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: release test test-all compile lint format clean
.DEFAULT_GOAL := release

release: $(COMPILED)/.made
	$(BIN)/communique release $(ARGS)

test: $(VENV)/.dev $(COMPILED)/.made
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# The long ones too: servers restarted and workers killed in mid-run.
test-all: test
	$(BIN)/python -m pytest -m long

compile: $(COMPILED)/.made

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) $(COMPILED) .prefect .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	touch $@

$(COMPILED)/.made: $(shell find communique schemas -name '*.py') $(VENV)/.run
	$(BIN)/python -m communique.compiled.build
	mkdir -p $(@D)
	touch $@
