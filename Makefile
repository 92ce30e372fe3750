# The two doors of this project: `make demo` runs it, `make test` proves it. Nothing else has to be installed by hand.
.DEFAULT_GOAL := help
.PHONY: help demo test check soak bench bench-messaging bench-search bench-screen clean
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

# `exec`, so that Ctrl-C and SIGTERM reach the server itself.
demo:  ## Start the network with its demo company (make demo ARGS="--data DIR --port N")
	@tools/setup run
	@exec .venv/bin/hutong demo $(ARGS)

test:  ## Set up what the tests need and run everything that CI runs (make test ARGS="--only ruff")
	@tools/setup test
	@exec tools/check $(ARGS)

check: test  ## The same as make test

soak:  ## Kill -9 every part 200 times while people talk, and try many more random days (make soak KILLS=50)
	@tools/setup test
	@HUTONG_KILLS=$(or $(KILLS),200) HUTONG_EXAMPLES=$(or $(EXAMPLES),200) \
		.venv/bin/pytest -s tests/crash/test_soak.py tests/client/test_views.py

bench: bench-messaging bench-search bench-screen  ## Run every benchmark there is

bench-messaging:  ## What the message path costs beside the limit (PEER=ejabberd: and beside it; ARGS="--only fanout,pairs")
	@tools/setup bench $(PEER)
	@exec .venv/bin/python -m bench.messaging $(if $(PEER),--peer $(PEER)) $(ARGS)

bench-search:  ## What finding a message costs among two million (ARGS="--messages 100000")
	@tools/setup bench
	@exec .venv/bin/python -m bench.search $(ARGS)

bench-screen:  ## What scrolling through a group of 100,000 messages and going from chat to chat costs in a browser
	@tools/setup test
	@exec .venv/bin/python -m bench.screen $(ARGS)

clean:  ## Remove what was built or installed here; data folders stay
	@rm -rf .venv .tools dist hutong/static web/dist web/node_modules web/apps/*/node_modules web/packages/*/node_modules
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .schemathesis
	@find hutong tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
