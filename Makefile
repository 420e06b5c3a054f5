# Every target is one command on a fresh machine with Python 3.11 or newer. `make help` lists them.
# The first interpreter that really runs and is new enough (a shim on the path may exist and still not run).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install run test check conformance soak bench bench-feel bench-dmn bench-runtime bench-commands bench-inbox bench-workers assets catalogs clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(VENV)/.installed  ## make .venv with the lianban command

$(VENV)/.installed: pyproject.toml
	@test -n "$(PYTHON)" || \
	  { echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed (Debian, Ubuntu: apt install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "请先安装 venv / install venv first: apt install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

run: install  ## serve http://127.0.0.1:8000 with the demo city
	@$(BIN)/lianban serve --demo

$(VENV)/.developing: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --editable '.[postgresql]' --group dev
	@touch $@

check: $(VENV)/.developing  ## lint, types, import contracts, catalogs, packs
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m web.i18n --check
	$(BIN)/lianban lint $(dir $(wildcard workflows/*/pack.toml))

test: $(VENV)/.developing  ## the whole gate; installs PostgreSQL and Chromium where it can
	@sh tests/needs.sh
	$(MAKE) --no-print-directory check
	$(BIN)/pytest --numprocesses auto --dist loadfile  # a file shares its server, database and browser

conformance: $(VENV)/.developing  ## BPMN graphs and cases, DMN TCK (folder in $DMN_TCK), with counts
	@$(BIN)/python -m tests.conformance.bpmn.graphs 10000
	@# The TCK's Java functions stay refused, so its status says nothing here; the test suite pins the counts.
	@$(BIN)/python -m tests.conformance.bpmn.cases > $(VENV)/bpmn.txt; status=$$?; sed '$$d' $(VENV)/bpmn.txt; \
	  $(BIN)/python -m tests.conformance.dmn.tck; tail -n 1 $(VENV)/bpmn.txt; exit $$status

soak: $(VENV)/.developing  ## 10,000 commands while processes, connections, disks and databases fail
	@$(BIN)/python -m tests.faults.soak 10000

bench: bench-feel bench-dmn bench-runtime bench-commands bench-inbox bench-workers  ## all benchmarks; ratios inside one run

bench-feel: $(VENV)/.developing  ## FEEL against its earlier self and feelin
	$(BIN)/python bench/feel.py --check

bench-dmn: $(VENV)/.developing  ## a decision table of 100 rules
	$(BIN)/python bench/dmn.py

bench-runtime: $(VENV)/.developing  ## a command on a case, and whether long cases get slower
	$(BIN)/python bench/runtime.py

bench-commands: $(VENV)/.developing  ## a decision against a bare commit, on SQLite and PostgreSQL
	$(BIN)/python bench/commands.py

bench-inbox: $(VENV)/.developing  ## the first page of an inbox as an installation grows
	$(BIN)/python bench/inbox.py

bench-workers: $(VENV)/.developing  ## jobs per second, more processes, late timers
	$(BIN)/python bench/workers.py

assets:  ## rebuild web/static/dist from web/assets (needs Node 20; users do not)
	cd web/assets && npm ci && npm run build

catalogs: $(VENV)/.developing  ## extract, update and compile the message catalogs
	$(BIN)/python -m web.i18n

clean:  ## remove what the targets made, but not var/ (your data)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
