# make run    sets everything up and checks the example page
# make test   sets everything up and runs the tests
# make lint   ruff, mypy --strict, import-linter
# make audit  the licence of every package, and whether one has a known hole
# make lock   brings requirements/ up to date with pyproject.toml
# make record compiles the shipped record from the sources in ../shared/data
# make bench  the figures of docs/explanation/speed.md
#
# What is installed has the versions and hashes of requirements/, where the Python is one that they
# were resolved for; LOCKED=0 takes the newest that pyproject.toml allows instead.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
KNOWN := import sys; print(int((3, 11) <= sys.version_info[:2] <= (3, 14)))
LOCKED ?= $(shell $(PYTHON) -c '$(KNOWN)')

# Hatchling is among the locked, so that nothing unchecked is fetched to build with.
ifeq ($(LOCKED),1)
define install
$(PIP) install --require-hashes --requirement requirements/$(1).txt
	$(PIP) install --no-deps --no-build-isolation --editable .
endef
else
define install
$(PIP) install --editable $(2)
endef
endif

.PHONY: run test lint audit lock record bench clean

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

audit: $(VENV)/.installed-dev
	$(BIN)/python scripts/licences.py
	$(BIN)/python scripts/audit.py

lock: $(VENV)/.installed
	$(PIP) install uv
	$(BIN)/python scripts/lock.py

record: $(VENV)/.installed-dev
	$(BIN)/votewire record build ../shared/data --out src/votewire/record/data/shipped

bench: $(VENV)/.installed-dev
	$(BIN)/python bench/record.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/bulk_csv.py
	$(BIN)/python bench/blocs.py
	$(BIN)/python bench/batch.py
	$(BIN)/python bench/press.py
	$(BIN)/python bench/hostile.py
	$(BIN)/python bench/web.py

clean:
	rm -rf $(VENV)

$(VENV)/.installed: pyproject.toml requirements/run.txt
	$(PYTHON) -m venv $(VENV)
	$(call install,run,.)
	touch $@

$(VENV)/.installed-dev: pyproject.toml requirements/dev.txt $(VENV)/.installed
	$(call install,dev,'.[dev]')
	touch $@
