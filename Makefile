# Everything that people and machines do with Recourse, each with all the set-up that it needs.
# Tests have one build (debug), what runs has another (release); each is made once per invocation.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
# SwiftPM uses every core by itself and lets one build in at a time.
.NOTPARALLEL:
.PHONY: help demo up test test-all bench fuzz torture simulate soak check lint house flow setup setup-tests build-tests build-release

# With a terminal a build shows its progress; without one only what goes wrong.
quiet := $(if $(MAKE_TERMOUT),,--quiet)
sources := $(wildcard Package.swift Sources Plugins Tests)
sample_plugin := Tests/Plugins/sample-plugin
interface := Sources/WorkerKit/Interface.txt
flow_page := Sources/recourse/Recourse.docc/Flow.md

help:
	@echo "make demo      one application, from the form to the statutory figures"
	@echo "make up        the whole system, until Ctrl-C"
	@echo "make test      every suite, each within its budget (.ci/budgets)"
	@echo "make test-all  every suite, whole: nothing is sampled"
	@echo "make test-browser  the public's pages in a real browser, the whole journey (Tests/Browser)"
	@echo "make test-portal  the portal's forms and API, sent wrong in every way (Tests/Portal); EXAMPLES=100 looks longer"
	@echo "make bench     speed, beside other systems in the same run (Tests/Benchmarks)"
	@echo "make fuzz      looks for inputs that break a promise of the wire or the broker (Tests/Fuzz)"
	@echo "make simulate  the whole system in virtual time, from seeds (Tests/Simulation); SEEDS=1-100"
	@echo "make soak      simulates fresh seeds until something breaks or Ctrl-C"
	@echo "make torture   kills and stops processes at random, and checks that nothing is lost"
	@echo "make image     the container image, and every process once in it (docker)"
	@echo "make check     the format and the rules of the house"
	@echo "make test-plugin  a plugin written outside: builds, is tried, added, heard from, removed"
	@echo "make interface all that a plugin can name, anew, in $(interface)"
	@echo "make flow      draws the map of messages anew, in $(flow_page)"

demo: build-release
	@.build/release/recourse demo

up: build-release
	@exec .build/release/recourse up

test: build-tests
	@.ci/test

test-all: build-tests
	@RECOURSE_TEST_BUDGET=all .ci/test

# The public's pages in Chromium, with axe-core; pictures stay in .build/browser.
.PHONY: test-browser setup-browser
test-browser: build-tests setup-browser
	@RECOURSE=$${RECOURSE:-.build/debug/recourse} \
	  timeout $(if $(MAKE_TERMOUT),--foreground) --kill-after=15 900 Tests/Browser/run $(JOURNEY)

setup-browser:
	@.ci/setup browser

# Forms and the API, fuzzed from a seed; `make test-portal EXAMPLES=100 SEED=7` looks longer, and elsewhere.
.PHONY: test-portal setup-portal
test-portal: build-tests setup-portal
	@RECOURSE=$${RECOURSE:-.build/debug/recourse} \
	  timeout $(if $(MAKE_TERMOUT),--foreground) --kill-after=15 $(if $(EXAMPLES),7200,300) Tests/Portal/run \
	    $(if $(EXAMPLES),--examples $(EXAMPLES)) $(if $(SEED),--seed $(SEED))

setup-portal:
	@.ci/setup portal

# Beside peers in the same run; takes some hour and a machine that does nothing else.
bench: build-release
	@.ci/setup benchmarks
	@echo "build: peers (release; the first time takes some minutes)"
	@for peer in bus-peer http2-peer floor cases-peer rules-peer; do \
	  swift build $(quiet) --package-path Tests/Benchmarks -c release --product $$peer; \
	done
	@Tests/Benchmarks/run $(BENCH)

# Looks for inputs that break a promise of the codec or the broker; `make fuzz SECONDS=600` looks longer.
# What it finds stays in Tests/Fuzz/.build/found; one that is mended goes into the corpus.
SECONDS ?= 60
fuzz: setup
	@echo "build: fuzzers (release; the first time takes some minutes)"
	@RECOURSE_FUZZ=1 swift build $(quiet) --package-path Tests/Fuzz -c release
	@Tests/Fuzz/run $(SECONDS)

# Needs a machine with time to spare; `make torture MINUTES=60` goes on longer, SEED=… repeats a plan of faults.
MINUTES ?= 10
torture: build-release
	@.build/release/recourse torture --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

# The simulation sees into the modules, so it has a release build of its own.
SEEDS ?= 1-100
simulation := .build-simulation/release/simulation
simulate: build-simulation
	@$(simulation) --seeds $(SEEDS)

soak: build-simulation
	@while first=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' '); do \
	  $(simulation) --seeds $$first-$$((first + 99)) --stop || exit 1; \
	done

.PHONY: build-simulation
build-simulation: setup
	@echo "build: simulation (release; the first time takes some minutes)"
	@swift build $(quiet) -c release --scratch-path .build-simulation -Xswiftc -enable-testing \
	  --product simulation

# The image, by Docker, Podman or Buildah; then the tests of containers run in it, in namespaces.
.PHONY: image
image: build-release build-tests
	@.ci/setup image
	@docker/build-image .build/release/recourse .build/image
	@echo "image: every process in it"
	@RECOURSE_IMAGE=$(CURDIR)/.build/image/root \
	  swift test --skip-build --disable-xctest --no-parallel --filter 'ContainerTests'

check: lint house

lint: setup
	@echo "check: format"
	@find $(sources) -name '.build*' -prune -o -name '*.swift' -not -path '*/Generated/*' -print0 \
	  | xargs -0 swift format lint --strict --parallel

house: build-tests
	@echo "check: rules of the house"
	@.ci/test HouseTests

# The page keeps what stands around its one block.
flow: build-tests
	@map=$$(.build/debug/recourse flow); \
	before=$$(sed '/^```/q' $(flow_page)); \
	after=$$(sed -n '/^```$$/,$$p' $(flow_page)); \
	printf '%s\n' "$$before" "$$map" "$$after" > $(flow_page)
	@echo "flow: $(flow_page) is as the routes are"

# What a plugin sees. A change here is a change of what is promised (Sources/WorkerKit/WorkerKit.docc/Promises.md).
.PHONY: interface sample-plugin test-plugin
interface: build-tests
	@Tests/Plugins/interface > $(interface).new
	@mv $(interface).new $(interface)
	@echo "interface: $(interface) is as the modules are"

# What `recourse plugin new` writes, as it is compiled and tested here.
sample-plugin: build-tests
	@rm -rf $(sample_plugin)
	@.build/debug/recourse plugin new sample-plugin --out Tests/Plugins --source .

# PLUGIN_SCRATCH names a folder that stays, so that the libraries are built once.
test-plugin: build-tests
	@Tests/Plugins/run $(if $(PLUGIN_SCRATCH),--scratch $(PLUGIN_SCRATCH))

setup:
	@.ci/setup

# What tests need besides what a build needs.
setup-tests:
	@.ci/setup tests

build-tests: setup-tests
	@echo "build: tests (debug; the first time takes some minutes)"
	@swift build $(quiet) --build-tests

build-release: setup
	@echo "build: recourse (release; the first time takes some minutes)"
	@swift build $(quiet) -c release --product recourse
