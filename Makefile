# Everything a person or CI runs. Needs Python 3.11+ and make; each target sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
BUILD_INPUTS := pyproject.toml $(wildcard assets/*.py assets/*.scss assets/scss/*.scss assets/package*.json) \
	$(wildcard alongside/locale/*/LC_MESSAGES/*.po)
# Settings as an installation has that others reach.
AS_DEPLOYED := ALONGSIDE_DATA=var/deployed ALONGSIDE_URL=https://alongside.example ALONGSIDE_HOSTS=alongside.example \
	ALONGSIDE_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend ALONGSIDE_EMAIL_HOST=smtp.example \
	ALONGSIDE_EMAIL_TLS=true
.DEFAULT_GOAL := help
.PHONY: help demo test check coverage after-coverage screens reference bench load-partnership faults fuzz ci pins wheel clean

help:  ## What there is to do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

$(VENV)/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Alongside needs Python 3.11 or later; set PYTHON=… to one."; exit 1; }
	@echo "Fetching what Alongside needs into $(VENV): about a minute, the first time only …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

# An editable install runs the build hook, which compiles the stylesheet and the catalogues.
$(VENV)/.built: $(VENV)/.run $(BUILD_INPUTS)
	@echo "Building the stylesheet and the translations …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.built  ## Set up everything and open a working product with made-up data (PORT=8000, RESET=1)
	$(BIN)/alongside demo --port $(PORT) $(if $(RESET),--reset)

test: $(VENV)/.built $(VENV)/.dev  ## Every test on SQLite, all that touches a table on PostgreSQL, a real browser
	$(BIN)/python -m tests.run $(if $(EVERYTHING),--everything)

check: $(VENV)/.built $(VENV)/.dev  ## Lint, format, types, import contracts, migrations, generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	ALONGSIDE_DATA=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	$(AS_DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	ALONGSIDE_DATA=var/check $(BIN)/python -m pytest tests/house

coverage: $(VENV)/.built $(VENV)/.dev  ## Branch coverage of the suite without the browser, which may only rise
	rm -f .coverage*
	ALONGSIDE_DATA=var/coverage $(BIN)/coverage run -m pytest -n 2 -m "not journey"
	$(BIN)/coverage combine --quiet
	$(BIN)/python -m tests.setup.coverage_floor

after-coverage: $(VENV)/.built $(VENV)/.dev  ## What coverage leaves: every journey in a browser, and PostgreSQL
	$(BIN)/python -m tests.run --after-coverage

screens: $(VENV)/.built $(VENV)/.dev  ## A picture of every page at 1280 and 390 px, in screens/
	$(BIN)/python -m tests.screens

reference: $(VENV)/.built $(VENV)/.dev  ## Make docs/reference again from the code
	ALONGSIDE_DATA=var/check DJANGO_SETTINGS_MODULE=alongside.config.settings $(BIN)/python -m tests.setup.reference

bench: $(VENV)/.built $(VENV)/.dev  ## Every measured claim, with its ratio
	$(BIN)/python -m benchmarks

load-partnership: $(VENV)/.built $(VENV)/.dev  ## A large made-up partnership in var/load, to measure with (SCALE=1)
	ALONGSIDE_DATA=$${ALONGSIDE_DATA:-var/load} $(BIN)/python -m benchmarks.partnership load $(or $(SCALE),1)

faults: $(VENV)/.built $(VENV)/.dev  ## Killed servers, full disks, stopped databases, everybody at once; counts, and mutants
	$(BIN)/python -m tests.faults

fuzz: $(VENV)/.built $(VENV)/.dev  ## Every reader against a minute of hostile input (FUZZ_SECONDS=60)
	$(BIN)/python -m tests.fuzz

wheel: $(VENV)/.built  ## A wheel that needs no Node, tried in a clean environment
	$(BIN)/python -m tests.wheel

ci: check coverage after-coverage wheel faults fuzz  ## What CI runs; nothing is skipped, nothing twice

pins:  ## Make the hashed requirements again (needs uv)
	uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -q -o requirements/run.txt
	uv pip compile pyproject.toml --extra postgres --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -q -o requirements/dev.txt -c requirements/run.txt

clean:  ## Forget everything that was built or made
	rm -rf $(VENV) var dist screens assets/node_modules alongside/apps/base/static/built
