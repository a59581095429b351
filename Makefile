# Every command sets up .venv by itself, from the pins in requirements*.txt.
# HANDBOOK_TODAY=2027-03-01 make site   builds the site of that day.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# What stands in one file goes to one process, so that it makes its sites once; who is done takes from others.
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal
# What is not the organisation's own; the tests of the engine are for a change of these.
ENGINE := hooks schemas tests benchmarks pyproject.toml requirements.txt requirements-dev.txt \
	requirements-pairing.txt requirements-print.txt Makefile .ci .github/workflows/check.yml ':!hooks/local'
COMPILE := env -u UV_FIND_LINKS -u UV_INDEX -u UV_EXTRA_INDEX_URL $(BIN)/uv --no-config pip compile \
	--quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve site print pango pages check new test test-quick test-long changed new-day bench lint accept \
	languages pins clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

serve: .venv/site.stamp ## show the site on this computer and follow every change
	$(BIN)/handbook check
	$(BIN)/mkdocs serve

site: .venv/site.stamp ## check, then build the site into site/
	$(BIN)/handbook build

print: .venv/print.stamp ## print booklets of the site as PDF into print/
	$(BIN)/handbook print

pango: ## install what booklets are drawn with, on Debian or Ubuntu
	sudo apt-get -qq update
	sudo apt-get -qq install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

pages: ## build the site for GitHub Pages, unless it is for participants and everyone could read it
	@if [ "$$HANDBOOK_AUDIENCE" = participants ] && [ "$$HANDBOOK_PAGES_ACCESS" != restricted ]; then \
	  echo "The site for participants names people who did not agree that everyone may read it." >&2; \
	  echo "Restrict who can open your Pages, then set the repository's variable HANDBOOK_PAGES_ACCESS to restricted." >&2; \
	  exit 1; \
	fi
	@$(MAKE) --no-print-directory site

check: .venv/site.stamp ## look for mistakes in programs/
	$(BIN)/handbook check

new: .venv/site.stamp ## start a new program by answering a few questions
	$(BIN)/handbook new program

test: lint ## run the engine's tests
	$(BIN)/python -m tests.browser
	$(PYTEST)

test-quick: .venv/dev.stamp ## run those that build no site and need no browser: a minute or two
	$(PYTEST) -m 'not browser and not site and not long'

test-long: lint ## run all tests, those that take minutes too
	$(BIN)/python -m tests.browser
	$(PYTEST) -m ''

# In the template itself, and where it cannot be known, it is said to touch the engine.
changed: ## say whether the last commit, or the pull request merged in it, touches the engine
	@if grep -qsE '^example:[[:space:]]*true([[:space:]]|$$)' programs/organisation.yml || \
	  ! git diff --quiet HEAD^1 HEAD -- $(ENGINE); then said=true; else said=false; fi; \
	echo "engine=$$said" | tee -a "$${GITHUB_OUTPUT:-/dev/null}"

new-day: ## start the workflow Site, where no site of the organisation's day is published
	@$(PYTHON) .ci/new_day.py

bench: .venv/dev.stamp ## measure build time and page size
	@set -e; for script in benchmarks/*.py; do echo "$$script"; $(BIN)/python "$$script"; done

lint: .venv/dev.stamp ## check the engine's code: ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

accept: .venv/dev.stamp ## show what the tests' output is now, and accept it as expected
	$(BIN)/python -m tests.accept

languages: .venv/dev.stamp ## show how complete the languages of the texts are; OF=de lists what is missing
	@$(BIN)/python -m tests.completeness $(OF)

pins: .venv/dev.stamp ## renew requirements*.txt within the bounds of pyproject.toml
	$(COMPILE) --extra dev pyproject.toml -o requirements-dev.txt
	$(COMPILE) --constraint requirements-dev.txt pyproject.toml -o requirements.txt
	$(COMPILE) --constraint requirements-dev.txt --extra pairing pyproject.toml -o requirements-pairing.txt
	$(COMPILE) --constraint requirements-dev.txt --extra print pyproject.toml -o requirements-print.txt

clean: ## remove the site, .venv and all caches
	rm -rf site .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis hooks/*.egg-info
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

# .venv/made holds the folder that .venv was made for: a copied or moved one,
# or one whose Python is gone, is made anew.
ifneq ($(shell $(BIN)/python -c '' 2>/dev/null && cat .venv/made 2>/dev/null),$(CURDIR))
.PHONY: .venv/made
endif

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or newer, and '$(PYTHON)' is not. Install one, or name it: make $(or $(MAKECMDGOALS),site) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu install it with: sudo apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@pwd > $@

.venv/site.stamp: .venv/made requirements.txt pyproject.toml
	@echo "Setting up .venv from requirements.txt ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

# Never part of `make site`.
.venv/print.stamp: .venv/site.stamp requirements-print.txt
	@$(PIP) install --require-hashes -r requirements-print.txt
	@touch $@

# requirements-dev.txt holds all of requirements.txt.
.venv/dev.stamp: .venv/made requirements-dev.txt pyproject.toml
	@echo "Setting up .venv from requirements-dev.txt ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@ .venv/site.stamp
