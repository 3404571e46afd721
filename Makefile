# The newsroom. `make` says what there is.
PORT ?= 8000
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
export PORT

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test torture bench lint messages requirements

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed .env ## Virtual environment, pinned packages, .env

demo: setup ## A newsroom full of stories on http://127.0.0.1:$(PORT)/
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py demo
	$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: .venv/.developing .env ## Every test on SQLite and on PostgreSQL, and in a browser
	$(BIN)/python .ci/tests.py $(ARGS)

torture: .venv/.developing .env ## What takes long: kills, soaks, fuzz, scale
	$(BIN)/python .ci/tests.py --tag torture

bench: .venv/.developing .env ## Times at 1,000 and at 100,000 stories
	$(BIN)/python bench/run.py

lint: .venv/.developing .env ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

messages: .venv/.developing ## Bring the translations in articles/locale up to date with the texts
	$(BIN)/python .ci/messages.py

requirements: .venv/.developing ## Resolve the pinned packages anew from requirements*.in
	$(BIN)/python -m pip install --quiet uv
	for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
			--no-header --no-annotate --no-emit-index-url $$name.in -o $$name.txt || exit 1; done

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed, and none is on the PATH."; \
		echo "Name one with: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) comes without venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/pip
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/.developing: requirements-dev.txt | .venv/bin/pip
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ .venv/.installed

.env: | .venv/bin/pip
	@umask 077 && $(BIN)/python -c 'import secrets; print("# Read by newsroom/settings.py; never committed.\nDEBUG=1\nSECRET_KEY=" + secrets.token_urlsafe(50))' > $@
