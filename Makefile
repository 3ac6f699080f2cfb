# make run    sets everything up and checks the example page
# make test   sets everything up and runs the tests
# make lint   ruff, mypy --strict, import-linter
# make record compiles the shipped record from the sources in ../shared/data
# make bench  the figures of docs/explanation/speed.md
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint record bench clean

# Exit status 1 is an answer: the page contradicts the record, as the example does on purpose.
run: $(VENV)/.installed
	@$(BIN)/votewire check examples/assembly-and-council.txt || [ $$? -eq 1 ]

test: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

record: $(VENV)/.installed-dev
	$(BIN)/votewire record build ../shared/data --out src/votewire/record/data/shipped

bench: $(VENV)/.installed-dev
	$(BIN)/python bench/record.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/bulk_csv.py
	$(BIN)/python bench/blocs.py
	$(BIN)/python bench/batch.py
	$(BIN)/python bench/press.py
	$(BIN)/python bench/web.py

clean:
	rm -rf $(VENV)

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
