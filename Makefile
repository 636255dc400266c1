# What a person does with this folder. Each target is one line of work; the work itself is in scripts/.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# The screens are part of the program: cargo compiles ui/dist into it.
screen_sources := $(shell find ui/src ui/public -type f 2>/dev/null) \
	$(wildcard ui/*.html ui/*.json ui/*.js ui/*.ts)

help: ## this list
	@echo "Guitai, the till. What make can do here:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 23

run: setup-run ui/dist/index.html ## install what is missing, build, and open the till in training mode
	@scripts/run.sh

demo: setup-run ## one training sale without a window; the QR code appears in the terminal
	cargo run -q -p guitaictl -- demo

test: setup-test ui/dist/index.html ## install what tests need and run all of them, the real app included
	@scripts/test.sh

kill: setup-run ## sell with the real program and kill it N times (300); SEED draws the moments
	@scripts/kill.sh "$(N)" "$(SEED)"

power-cuts: ## sell, and cut the power N times (1000) at moments drawn from SEED; then look at what the disk holds
	@scripts/power-cuts.sh "$(N)" "$(SEED)"

simulate: ## SEEDS=n afternoons that no test has seen, each held to every promise
	@scripts/simulate.sh $(SEEDS)

fuzz: ## N=n bad cases for every parser that reads the outside (200000)
	@scripts/fuzz.sh $(N)

bench: setup-test ui/dist/index.html ## measure, and print the figures beside what they are compared with
	@scripts/bench.sh

check: setup-run ui/dist/index.html ## formatting, lints, types, licences and layers; changes nothing
	@scripts/check.sh

check-mutants: setup-run ui/dist/index.html ## break the program on purpose, and look whether a test notices; SHARD=n/k
	@scripts/check-mutants.sh named
	@scripts/check-mutants.sh explore "$(SHARD)"

check-windows: setup-windows ui/dist/index.html ## compile everything for Windows
	cargo build --workspace --all-targets --target x86_64-pc-windows-gnu

package: setup-package ## an installable .deb in target/release/bundle/deb
	npm exec --yes --package=@tauri-apps/cli@2.12.5 -- tauri build --bundles deb

relay-package: setup-run ## the relay for AWS Lambda in target/relay; ARCH=arm64 or x86_64
	@scripts/relay.sh package $(ARCH)

relay-try: setup-test ## run the emulated Lambda's tests over the packed binary (ARCH=x86_64)
	@scripts/relay.sh try

relay-deploy: setup-run ## pack the relay and put it into your AWS account; asks what it has to know
	@scripts/relay.sh deploy $(ARCH)

relay-till: setup-run ## open an account at the relay for till NAME, or give it another key
	@scripts/relay.sh till add $(NAME)

relay-revoke: setup-run ## close the account of till NAME at the relay
	@scripts/relay.sh till revoke $(NAME)

relay-remove: ## take the relay out of your AWS account, with everything in it
	@scripts/relay.sh remove

screens: setup-test ui/dist/index.html ## every screen in both languages and themes, into docs/screens (ImageMagick)
	node scripts/screens.mjs --kept

screenshot: setup-run ui/dist/index.html ## open the till, save a picture of its window, close it
	@scripts/run.sh --picture-only

setup: setup-test ## only install what running and testing need

clean: ## remove everything that was built or fetched into this folder
	cargo clean
	rm -rf ui/dist ui/node_modules gen

setup-run setup-test setup-package setup-windows: setup-%:
	@scripts/setup.sh $*

ui/dist/index.html: $(screen_sources)
	cd ui && npm run --silent build
	@touch $@

# Setting up comes before building, whatever -j says; cargo uses all cores anyway.
.NOTPARALLEL:

.PHONY: relay-package relay-try relay-deploy relay-till relay-revoke relay-remove
.PHONY: help run demo test kill power-cuts simulate fuzz bench check check-mutants check-windows package screens screenshot setup clean \
	setup-run setup-test setup-package setup-windows
