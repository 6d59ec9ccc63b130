# Two commands for a newcomer: `make demo` runs the portal, `make test` passes the tests. Both set up what they need.
PORT ?= 8000
PYTHON := .venv/bin/python
export PORT
# A program that keeps no bytecode compiles Django and all the rest at each start: images of Python often ask for that.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo practice demo-code test quick check trust bench fresh setup setup-tests messages format

demo: setup
	@$(PYTHON) scripts/demo.py

practice: PORT = 8100
practice: setup
	@TAKWIN_PRACTICE=1 $(PYTHON) scripts/demo.py

demo-code:
	@test -n "$(USER_NAME)" || { echo "Say whose code: make demo-code USER=officer"; exit 2; }
	@DJANGO_SETTINGS_MODULE=config.settings.demo $(PYTHON) manage.py demo_code --user "$(USER_NAME)"

# USER is always set by the shell: only what is written on the command line counts.
USER_NAME = $(if $(filter command line,$(origin USER)),$(USER))

setup:
	@sh scripts/setup.sh run

setup-tests:
	@sh scripts/setup.sh test

test: setup-tests
	@$(PYTHON) scripts/lanes.py check sqlite postgresql browser trust planted

quick: setup-tests
	@$(PYTHON) scripts/lanes.py sqlite

check: setup-tests
	@$(PYTHON) scripts/lanes.py check

trust: setup-tests
	@TAKWIN_FULL=1 $(PYTHON) scripts/lanes.py check sqlite postgresql browser trust planted fresh

fresh: setup-tests
	@$(PYTHON) scripts/lanes.py fresh

messages: setup-tests
	@$(PYTHON) scripts/make_messages.py

format: setup-tests
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .
