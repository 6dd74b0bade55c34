# Two commands: `make run` opens the app, `make test` runs everything. See README.md.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test lint bench lock shots docs messages clean chromium

run: .venv/run
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/dev chromium
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev chromium
	$(BIN)/python -m benchmarks.scrubbing
	$(BIN)/python -m benchmarks.opening
	$(BIN)/python -m benchmarks.gazetteer
	$(BIN)/python -m benchmarks.durability
	$(BIN)/python -m benchmarks.as_of
	$(BIN)/python -m benchmarks.territory
	$(BIN)/python -m benchmarks.territory_accuracy
	$(BIN)/python -m benchmarks.second_region

shots: .venv/dev chromium
	$(BIN)/python docs/screenshots.py

docs: .venv/dev
	$(BIN)/python docs/make_api.py

messages: .venv/dev
	$(BIN)/python -m views.language update

lock: .venv/dev
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv static .mypy_cache .pytest_cache .ruff_cache .hypothesis

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
