# Two commands matter: `make run` starts the portal, `make test` runs its tests. README.md and docs/operations.md say more.
PORT ?= 8000
LOCK = python3 -m uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

.PHONY: run setup test ci format lock

run: setup ## everything up to a running portal: PORT=8000
	@exec .venv/bin/python -u manage.py serve --port $(PORT)

setup: ## system packages, .venv, front-end files
	@.ci/setup

test: ## the whole suite on SQLite, browser journeys included; ARGS="tests/pairing -k coverage" for a part
	@.ci/test $(ARGS)

ci: ## all checks, the suite on SQLite, and all of it that works with a database on PostgreSQL + Redis + a real worker
	@.ci/checks
	@.ci/test
	@.ci/test-services

format: ## put Python files and templates into shape
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

lock: ## write the lock files anew (needs `pip install uv`); they hold hashes and no host
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) --no-strip-extras requirements-dev.in -o requirements-dev.txt
	$(LOCK) requirements-node.in -o requirements-node.txt
	npm install --package-lock-only
