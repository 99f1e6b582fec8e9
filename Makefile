# `make run` serves the site, `make test` tests it; both set up what they need.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VAR_DIR ?= var
BUILD_DIR ?= $(VAR_DIR)
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
STATIC := $(shell find static -type f)

AT := SITE_URL=$(or $(SITE_URL),http://$(HOST):$(PORT))

export VAR_DIR BUILD_DIR

.DEFAULT_GOAL := help
.PHONY: help setup run dev test audit bench mutants lint archive messages screens

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "%-10s %s\n", $$1, $$2 }'

setup: $(VENV)/installed $(BUILD_DIR)/static/staticfiles.json ## Make the environment, the database and the static files
	@$(MANAGE) prepare

run: setup ## Serve the site at http://HOST:PORT
	@$(AT) $(MANAGE) serve --host $(HOST) --port $(PORT)

dev: $(VENV)/installed-dev ## Serve it for development, reloading what changes
	@DEBUG=1 $(MANAGE) prepare
	@$(AT) DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

test: $(VENV)/installed-dev $(BUILD_DIR)/static/staticfiles.json ## Run all tests: SQLite, PostgreSQL, browser
	@$(MANAGE) compile_locale > /dev/null
	@tests/run

audit: $(VENV)/installed-dev audit/node_modules/installed $(BUILD_DIR)/static/staticfiles.json ## Go the long walks, then check HTML, accessibility, weight, links and Lighthouse
	@$(MANAGE) compile_locale > /dev/null
	@tests/run long
	@$(BIN)/python -m audit

bench: setup ## Measure the site beside nginx, WhiteNoise and Wagtail (needs wrk and nginx)
	@$(BIN)/python bench/speed.py

mutants: $(VENV)/installed-dev ## Change COUNT lines by a SEED, one at a time, and tell what no test notices
	@$(BIN)/python bench/mutants --seed $(or $(SEED),1) --count $(or $(COUNT),200)

lint: $(VENV)/installed-dev ## Check the style of code, templates and translations, the migrations and the settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check $$(git ls-files 'templates/*.html')
	@$(MANAGE) check_locale
	@$(MANAGE) makemigrations --check --dry-run > /dev/null
	@SITE_URL=https://example.org SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(MANAGE) check --deploy --tag security --fail-level WARNING

archive: DIR ?= $(VAR_DIR)/archive
archive: setup ## Write the whole site as plain files into DIR, with ZIP=1 into DIR.zip too
	@$(MANAGE) export_archive $(DIR) $(if $(ZIP),--zip $(DIR:/=).zip)

messages: $(VENV)/installed ## Refresh the translators' files in locale/ (needs gettext)
	@$(MANAGE) makemessages --all --ignore tests --ignore audit --add-location file --no-wrap --no-obsolete
	@$(MANAGE) compile_locale

screens: $(VENV)/installed-dev $(BUILD_DIR)/static/staticfiles.json ## Take the pictures in docs/screens/ anew (needs Chromium)
	@$(BIN)/python -m pytest -q tests/browser/screens.py

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements/base.txt $(if $(S3_BUCKET),requirements/s3.txt) | $(VENV)/python
	@echo "Installing what the site needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes $(addprefix -r ,$^)
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

audit/node_modules/installed: audit/package-lock.json
	@for tool in npm java; do command -v $$tool > /dev/null || { echo "The audit needs $$tool; \
		on Debian: apt-get install chromium nodejs npm default-jre-headless"; exit 1; }; done
	@echo "Installing what the audit needs …"
	@cd audit && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --loglevel=error --ignore-scripts --no-audit --no-fund > /dev/null
	@touch $@

$(BUILD_DIR)/static/staticfiles.json: $(STATIC) $(VENV)/installed
	@mkdir -p "$(BUILD_DIR)" && test -w "$(BUILD_DIR)" || \
		{ echo "The folder $(BUILD_DIR) cannot be written: give your user the right to, or name another: make VAR_DIR=…"; exit 1; }
	@echo "Preparing the static files …"
	@$(MANAGE) collectstatic --noinput --verbosity 0  # pages made before still ask for the old ones
