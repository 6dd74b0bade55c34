# Two commands: `make run` opens the app, `make test` runs everything. `make quick` leaves out the browser. See README.md.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
# Half as many workers again as processors, since those with a browser wait much; files with the longest tests come first by their names.
WORKERS := $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) * 3 / 2 )))
TOGETHER := -n $(WORKERS) --maxprocesses 6 --dist loadfile --no-loadscope-reorder
NODE := $(BIN)/node
# npm trusts what the machine trusts, as pip does; no package runs a script of its own.
NPM := NODE_USE_SYSTEM_CA=1 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --ignore-scripts --no-update-notifier --loglevel=error

.PHONY: run test quick scripts-test lint bench lock shots docs messages clean chromium

run: .venv/run
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/dev chromium scripts-test
	$(BIN)/python -m pytest $(TOGETHER)

quick: .venv/dev scripts-test
	$(BIN)/python -m pytest $(TOGETHER) --ignore=tests/browser

# The scripts of the browser that need no browser.
scripts-test: .venv/dev
	$(NODE) --test "tests/scripts/*.test.js"

lint: .venv/dev node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NODE) node_modules/prettier/bin/prettier.cjs --check --log-level warn .
	$(NODE) node_modules/eslint/bin/eslint.js .
	$(NODE) node_modules/typescript/bin/tsc

# Speed and accuracy beside alternatives, and last what the tests try at random, far more often than for a gate.
bench: .venv/dev chromium
	$(BIN)/python -m benchmarks.scrubbing
	$(BIN)/python -m benchmarks.opening
	$(BIN)/python -m benchmarks.gazetteer
	$(BIN)/python -m benchmarks.durability
	$(BIN)/python -m benchmarks.as_of
	$(BIN)/python -m benchmarks.territory
	$(BIN)/python -m benchmarks.territory_accuracy
	$(BIN)/python -m benchmarks.second_region
	TRIALS=deep $(BIN)/python -m pytest $(TOGETHER) --timeout 7200 -m "hypothesis or trials"

shots: .venv/dev chromium
	$(BIN)/python docs/screenshots.py

docs: .venv/dev
	$(BIN)/python docs/make_api.py

messages: .venv/dev
	$(BIN)/python -m views.language update

lock: .venv/dev
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements-dev.in -c requirements.txt -o requirements-dev.txt
	$(NPM) install --package-lock-only

clean:
	rm -rf .venv node_modules static .mypy_cache .pytest_cache .ruff_cache .hypothesis

chromium: .venv/dev
	$(BIN)/python tests/browser/provide_chromium.py

.venv/run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/run

node_modules/.package-lock.json: package-lock.json .npmrc | .venv/dev
	$(NPM) ci
	touch $@
