# make demo: install and show the Tokyo forecast.   make test: every check.   make bench: what a draw costs.
# make timings: what a person waits for.   make backtest: the leader boards.   make serve: the workbench on a copy of Tokyo.
# make browser: the workbench in Chromium, the long path.   make r: the R package, built and checked.
# make release: wheel and sdist, each installed and tried in an environment of its own.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DECISIONS ?= ../shared/data/deu3-development.tsv

.PHONY: demo serve test browser bench timings backtest docs r release clean
.DELETE_ON_ERROR:

# Every file that is installed has a known hash; Foedus itself is installed from this folder.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

$(VENV)/runtime: pyproject.toml requirements/runtime.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Foedus needs Python 3.11 or later; try: make demo PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes --requirement requirements/runtime.txt
	$(INSTALL) --no-build-isolation --editable .
	touch $@

$(VENV)/development: $(VENV)/runtime requirements/development.txt
	$(INSTALL) --require-hashes --requirement requirements/development.txt
	touch $@

demo: $(VENV)/runtime
	$(BIN)/foedus demo

serve: $(VENV)/development
	$(BIN)/foedus demo --json > /dev/null
	$(BIN)/foedus serve tokyo-office

test: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html
	$(BIN)/python -m pytest -n 2

# Every page in Chromium, at two widths and in both themes, each checked with axe-core; AXE= leaves that out.
AXE ?= $(VENV)/axe.min.js
AXE_VERSION := 4.14.1
AXE_SHA256 := 29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c

$(VENV)/axe.min.js: | $(VENV)/development
	cd $(VENV) && npm pack --silent axe-core@$(AXE_VERSION) && tar -xzOf axe-core-$(AXE_VERSION).tgz package/axe.min.js > axe.part
	cd $(VENV) && echo "$(AXE_SHA256)  axe.part" | sha256sum --check --quiet && mv axe.part axe.min.js

browser: $(VENV)/development $(AXE)
	FOEDUS_BROWSER=1 FOEDUS_AXE=$(AXE) $(BIN)/python -m pytest tests/browser -n 0 -q

bench: $(VENV)/development
	$(BIN)/python bench/speed.py docs/speed.json

# What a person waits for, and what reading, replays and indices cost.
timings: $(VENV)/development
	$(BIN)/python -m pytest bench --import-mode=importlib -p no:xdist --benchmark-only -q

backtest: $(VENV)/runtime
	$(BIN)/foedus backtest consensus
	if test -f $(DECISIONS); then $(BIN)/foedus backtest $(DECISIONS); fi

docs: $(VENV)/development
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html

# Pages of help are written from the comments by: Rscript -e 'roxygen2::roxygenise("r")'.
r: $(VENV)/runtime
	mkdir -p build/r
	cd build/r && PATH="$(abspath $(BIN)):$$PATH" R CMD build ../../r
	cd build/r && PATH="$(abspath $(BIN)):$$PATH" R CMD check --no-manual foedus_*.tar.gz

release: $(VENV)/development
	$(BIN)/python bench/release.py

clean:
	rm -rf $(VENV) docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
