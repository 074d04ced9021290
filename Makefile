# make serve · make test — on a fresh machine each sets up what it needs, once.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
EXTRAS ?= dev
ifneq ($(CI),)
EXTRAS := dev,models,train,bench,proof,telemetry,ocr,deploy
endif
comma := ,
STAMP := $(VENV)/.installed-$(subst $(comma),-,$(EXTRAS))

.PHONY: serve test check lint types eval lock clean help

help:
	@echo "make serve [PORT=8000]   set up, build the index, serve page and API"
	@echo "make test                set up and run the tests"
	@echo "make check               lint, types and tests"
	@echo "make eval                evaluate the answers"
	@echo "make lock                write constraints.txt anew"

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing ($(EXTRAS)) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --constraint constraints.txt -e '.[$(EXTRAS)]'
	@touch $@

serve: $(STAMP)
	@$(BIN)/metrology build --if-needed
	@$(BIN)/metrology serve --host $(HOST) --port $(PORT)

test: $(STAMP)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

check: lint types test

eval: $(STAMP)
	@$(BIN)/metrology eval

# the newest versions that pyproject.toml allows, in a folder of their own; run `make check` before you commit them
lock:
	@$(PYTHON) -m venv .lock && .lock/bin/python -m pip install -q --disable-pip-version-check -e '.[dev,telemetry,ocr]' 'psycopg[binary]>=3.2,<4'
	@{ echo "# What the suite was run with. Written by \`make lock\`; \`make serve\`, \`make test\` and the image install these."; \
	  .lock/bin/python -m pip freeze --exclude-editable; } > constraints.txt
	@rm -rf .lock

clean:
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache
