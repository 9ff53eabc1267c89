# Everything a person needs; `make help` lists it. Each target sets up what it needs in .venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

FRONTEND := server/frontend
BUNDLE := server/chefsache/web/static/app/manifest.json
NPM := $(shell node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null && command -v npm)

.PHONY: help serve frontend screenshots check build test lint format lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: .venv/serve $(BUNDLE)  ## set up, build the graph, serve it at http://127.0.0.1:8000
	$(BIN)/chefsache serve --host $(HOST) --port $(PORT)

frontend: $(BUNDLE)  ## build the workbench and the pictures; without Node the plain pages serve

screenshots: .venv/dev $(BUNDLE)  ## take the pictures in docs/screenshots anew
	$(BIN)/python tests/browser/screenshots.py

check: .venv/serve  ## check the data: syntax, names, shapes, hygiene
	$(BIN)/chefsache check

build: .venv/serve  ## build the snapshot that is served
	$(BIN)/chefsache build

test: .venv/dev $(BUNDLE)  ## run all tests that this machine can run, and name what is left out
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
	$(if $(NPM),cd $(FRONTEND) && npm run --silent test)

lint: .venv/dev $(BUNDLE)  ## check code and Turtle without changing them
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/chefsache format --check
	$(BIN)/chefsache check
	$(if $(NPM),cd $(FRONTEND) && npm run --silent check)

format: .venv/dev  ## write code and Turtle in their one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/chefsache format
	$(if $(NPM),cd $(FRONTEND) && npm run --silent format)

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

$(BUNDLE): $(shell find $(FRONTEND) -name node_modules -prune -o -type f -print)
ifeq ($(NPM),)
	@echo "chefsache: Node 20.19+ fehlt; die Seiten laufen ohne Werkbank und Bilder. / Node 20.19+ is missing; pages serve without workbench and pictures."
else
	cd $(FRONTEND) && npm ci --silent && npm run --silent build
endif
