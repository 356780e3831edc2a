# Two commands: `make run` sets everything up and starts Her Desktop, `make test` does the same for the tests.
SETUP = sh scripts/setup.sh
PYTHON_TOOLS = .venv/bin/python -m

.DEFAULT_GOAL := help
.PHONY: help run test demo example bench models tools check lint type lock clean

help: ## show this list
	@sed -n 's/^\([a-z ]*\):.*## /\1: /p' Makefile

run: ## set up and start Her Desktop; ARGS="listen hello.wav" passes arguments on
	@$(SETUP) run $(ARGS)

test: ## set up and run every test; ARGS="-k memory" passes arguments to pytest
	@$(SETUP) test $(ARGS)

demo: ## let her perform a conversation; RECORDINGS=DIR takes the recordings from DIR
	@$(SETUP) demo $(ARGS)

example: tools ## try examples/lighthouse as a stranger would: a fresh environment, no Qt, no sound
	@.venv/bin/python scripts/example.py

bench: ## measure speed, memory and recognition
	@$(SETUP) bench $(ARGS)

models: ## try once more to get the default recognizer model
	@$(SETUP) models $(ARGS)

tools:
	@$(SETUP) tools

check: lint type ## lint, type, and whether the locked packages are what pyproject.toml asks for
	$(PYTHON_TOOLS) pip check

lint: tools ## ruff: rules and layout
	$(PYTHON_TOOLS) ruff check .
	$(PYTHON_TOOLS) ruff format --check .

type: tools ## mypy, strict
	$(PYTHON_TOOLS) mypy

lock: ## write requirements/*.txt anew; ARGS=--upgrade moves to the newest releases
	@sh scripts/lock.sh $(ARGS)

clean: ## remove .venv, caches and builds
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
