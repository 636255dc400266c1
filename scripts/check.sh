#!/bin/sh
# Everything a reviewer's machine can check without running the program: formatting, lints, types, and which
# libraries are used by whom and under which licence. Changes nothing; looks at everything, then says what failed.
set -u

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin
failed=

step() {
    name=$1
    shift
    echo "== $name"
    "$@" || failed="$failed, $name"
}

screens() {
    (cd ui && npm run --silent check)
}

step "formatting" cargo fmt --all --check
step "formatting of the relay on AWS" cargo fmt --manifest-path crates/relay-lambda/Cargo.toml --check
step "lints" cargo clippy --workspace --all-targets --quiet -- -D warnings
step "lints of the relay on AWS" cargo clippy --manifest-path crates/relay-lambda/Cargo.toml --target-dir target/relay \
    --all-targets --quiet -- -D warnings
step "the relay's template" scripts/check-template.sh
# SAM is large and wants other versions of what the tests use: here only where somebody has deployed with it.
[ ! -x target/relay-sam/bin/sam ] || step "the relay's template, as SAM reads it" scripts/relay.sh check
step "the screens' types" screens
step "licences and layers" scripts/check-deny.sh

if [ -n "$failed" ]; then
    echo "check: not in order: ${failed#, }" >&2
    exit 1
fi
echo "check: everything is in order"
