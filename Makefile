# The two commands are `make report` and `make test`; both set up what they need first.

VENV := .venv
BIN := $(VENV)/bin
EDITION ?=

# What the PDF needs from the system on Debian and Ubuntu; other systems: `iireport doctor`.
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk

# A bare environment has no locale: without this Python would write ASCII.
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

.PHONY: report test setup setup-dev lock messages clean help

report: setup ## build the default edition (or EDITION=2022) into dist/
	@$(BIN)/python build.py build $(EDITION)

setup: $(VENV)/.run ## make .venv with what building a report needs

setup-dev: $(VENV)/.dev

test: setup-dev ## run every check; pytest's summary comes last
	@status=0; \
	$(BIN)/ruff check --quiet . || status=1; \
	$(BIN)/ruff format --quiet --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports --no-logo || status=1; \
	$(BIN)/python -m pytest -n 2 $(PYTEST) || status=1; \
	exit $$status

# Each stamp says: the environment holds exactly what this lock file names.
$(VENV)/.made: setup/venv.sh setup/packages.sh
	@setup/venv.sh $(VENV)
	@setup/packages.sh $(PACKAGES)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.lock pyproject.toml
	@echo "setup: installing the locked Python packages"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "setup: installing the locked packages for tests"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

lock: ## renew the lock files after a change of pyproject.toml (needs uv; UPGRADE=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)" >&2; exit 1; }
	$(LOCK) $(UPGRADE) pyproject.toml requirements/build.in -o requirements/run.lock
	$(LOCK) $(UPGRADE) --extra dev -c requirements/run.lock pyproject.toml requirements/build.in -o requirements/dev.lock

messages: setup-dev ## collect the messages of the code into the Chinese catalogue
	@$(BIN)/python setup/messages.py

clean: ## remove outputs and caches (not drafts, not .venv)
	rm -rf dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -not -path './$(VENV)/*' -type d -prune -exec rm -rf {} +

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14
