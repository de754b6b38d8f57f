# Every command of the project. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(BIN)/uv

# What is installed and built leaves a stamp, so that a second run does nothing.
BASE := $(VENV)/.base-installed
DEV := $(VENV)/.dev-installed
NODE_MODULES := node_modules/.installed
FRONTEND := static/dist/.built
FRONTEND_SOURCES := $(shell find frontend -type f 2>/dev/null)
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/*/*/LC_MESSAGES/*.po))


##@ Use

.PHONY: demo
demo: setup ## Serve the demonstration on this machine (PORT=8000); Ctrl-C ends it
	@exec $(PY) manage.py demo --port $(PORT)

.PHONY: reset
reset: ## Forget all local data: database, files, queue, mail
	rm -rf var

.PHONY: setup
setup: $(BASE) $(FRONTEND) $(MESSAGES) ## Install what running needs, build the front end and the translations

##@ Develop

.PHONY: develop
develop: setup $(DEV) ## Install what developing needs as well

.PHONY: watch
watch: $(NODE_MODULES) ## Build the front end again at every change
	@exec $(PY) -m tools.node npm run watch

.PHONY: format
format: $(DEV) ## Put the code into its format
	$(BIN)/ruff check --fix --select I .
	$(BIN)/ruff format .

.PHONY: messages
messages: setup $(DEV) ## Collect the texts to translate into locale/
	$(PY) -m tools.extract_messages

.PHONY: lock
lock: $(DEV) ## Resolve requirements/*.in into locks with hashes (ARGS="--upgrade-package django")
	for name in base dev node java; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    $(ARGS) requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
	@# Apart from node_modules, from which npm would take the packages without their hashes.
	folder=$$(mktemp -d) && cp package.json .npmrc "$$folder" && \
	  $(PY) -m tools.node npm install --prefix "$$folder" --package-lock-only --ignore-scripts --no-audit --no-fund && \
	  mv "$$folder/package-lock.json" . && rm -r "$$folder"

##@ Verify

.PHONY: test
test: setup $(DEV) ## Run every test with real services: all on PostgreSQL, the marked suites on SQLite too
	@exec $(PY) -m tools.services run -- $(PY) -m tools.run_tests $(ARGS)

.PHONY: test-fast
test-fast: setup $(DEV) ## Run the tests that need neither a service nor a browser nor long, on SQLite
	@exec env -u DATABASE_URL -u REDIS_URL -u ELASTICSEARCH_URL $(PY) -m pytest -n 2 --dist worksteal -m "not services and not browser and not slow" $(ARGS)

.PHONY: coverage
coverage: setup $(DEV) ## The same with the lines that no test reaches
	@exec env -u DATABASE_URL -u REDIS_URL -u ELASTICSEARCH_URL $(PY) -m pytest -n 2 --dist worksteal -m "not services and not browser" --cov --cov-report=term-missing:skip-covered $(ARGS)

.PHONY: check
check: setup $(DEV) ## Format, lint, types, imports, migrations, templates, translations, locks
	@exec $(PY) -m tools.check $(ARGS)

.PHONY: bench
bench: setup $(DEV) ## Measure the quality bars and write docs/benchmarks.md (ARGS="--help" tells the options)
	@exec $(PY) -m benchmarks $(ARGS)

.PHONY: bench-search
bench-search: setup $(DEV) ## Ask the judged questions of every engine, measure Elasticsearch: docs/search-quality.md, search-speed.md
	@$(PY) -m benchmarks.search_quality
	@exec $(PY) -m benchmarks.search_speed

.PHONY: services
services: $(BASE) ## Start PostgreSQL, Redis and Elasticsearch on free ports until Ctrl-C
	@exec $(PY) -m tools.services start

##@ Other

.PHONY: clean
clean: ## Remove what was installed and built, but no data
	rm -rf $(VENV) node_modules static/dist staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache $(MESSAGES)

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)


# The steps behind them.

$(PY):
	@python=$$(PYTHON="$(PYTHON)" sh tools/find_python.sh) && \
	  echo "Making the virtual environment with $$python" && rm -rf $(VENV) && "$$python" -m venv $(VENV)

$(BASE): requirements/base.txt | $(PY)
	@echo "Installing the locked dependencies (a minute or two the first time)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps -r $<
	@touch $@

$(DEV): requirements/dev.txt | $(BASE)
	@echo "Installing the locked tools of development"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps -r $<
	@touch $@

$(NODE_MODULES): package.json package-lock.json .npmrc | $(BASE)
	@echo "Installing the locked front-end packages"
	@$(PY) -m tools.node npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONTEND): $(NODE_MODULES) $(FRONTEND_SOURCES)
	@echo "Building the front end"
	@$(PY) -m tools.node npm run --silent build
	@touch $@

locale/%.mo: locale/%.po | $(BASE)
	@$(PY) -m tools.compile_messages $< $@
