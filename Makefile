# Everything a person needs; `make help` lists it. Each target sets up what it needs in .venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: help serve check build test lint format lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: .venv/serve  ## set up, build the graph, serve it at http://127.0.0.1:8000
	$(BIN)/chefsache serve --host $(HOST) --port $(PORT)

check: .venv/serve  ## check the data: syntax, names, shapes, hygiene
	$(BIN)/chefsache check

build: .venv/serve  ## build the snapshot that is served
	$(BIN)/chefsache build

test: .venv/dev  ## run all tests that this machine can run, and name what is left out
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: .venv/dev  ## check code and Turtle without changing them
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/chefsache format --check
	$(BIN)/chefsache check

format: .venv/dev  ## write code and Turtle in their one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/chefsache format

lock: .venv/dev  ## pin and hash the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -U -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements/dev.txt -o requirements/serve.txt

clean:  ## remove the environment
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "chefsache needs Python 3.11 or newer / braucht Python 3.11 oder neuer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv/serve .venv/dev: .venv/%: .venv/bin/python requirements/%.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
