# One door. `make help` lists what is behind it.
SHELL := /bin/bash
PORT ?= 8000
T ?= tests
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PO := directory/translations/fr/LC_MESSAGES/messages
export PORT

.PHONY: help setup run test check fix bench migration translations requirements gazetteer system

help: ## Say what each of these does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/runs: requirements.txt
	@scripts/install requirements.txt
	@touch $@

.venv/develops: requirements-dev.txt
	@scripts/install requirements-dev.txt
	@touch .venv/runs $@

$(PO).mo: $(PO).po | .venv/runs
	@$(BIN)/pybabel -q compile -d directory/translations

setup: .venv/develops $(PO).mo ## Make the environment in .venv, and nothing else

run: .venv/runs $(PO).mo ## Everything to a working site on 127.0.0.1:$PORT, with invented people
	@$(FLASK) db upgrade
	@$(FLASK) seed catalog
	@$(FLASK) seed demo
	@echo "Open http://127.0.0.1:$(PORT)/ (French: /fr/). Stop with Ctrl-C."
	@exec $(BIN)/gunicorn --config gunicorn.conf.py wsgi:app

system: ## Install Chromium and PostgreSQL for the tests, where this user may
	@scripts/system

test: setup system ## Everything to a passing suite (T=path for a part)
	@$(BIN)/pytest $(T)

check: setup ## Lint, types, layers, templates, translations, advisories
	@scripts/check

fix: setup ## Format the code, refresh the translation files
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .
	@$(MAKE) -s translations

bench: setup ## Measure the hot paths against what an expert would write by hand, as ratios
	@$(BIN)/python -m bench

migration: setup ## Write the next migration from the models (m=slug)
	@PYTHONPATH=. $(BIN)/python scripts/migration.py $(m)

translations: setup ## Gather every string of the pages into the French catalogue
	@$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext --no-location --sort-output -o .venv/messages.pot .
	@$(BIN)/pybabel -q update -i .venv/messages.pot -d directory/translations -l fr --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date

requirements: ## Pin what the *.in files name, with hashes (needs uv)
	@for f in requirements requirements-dev requirements-gazetteer; do uv pip compile -q --upgrade --generate-hashes --no-annotate --python-version 3.11 --custom-compile-command "make requirements" $$f.in -o $$f.txt; done

gazetteer: setup ## Build the file of places anew (needs 300 MB of packages)
	@scripts/gazetteer
