#!/bin/sh
# Explores afternoons that no test has seen: one seed each, from a base that is new every time.
#   scripts/simulate.sh [seeds [base]]    default: 1000 from the time of day
# Prints the seeds that break a promise with their last steps, and how many steps a minute it took. To see every step of
# one: GUITAI_SEED=n scripts/simulate.sh; with one cast alone: GUITAI_CAST=plain, refunds, relay or both
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

GUITAI_SEEDS=${1:-1000}
GUITAI_SEED_BASE=${2:-$(date +%s)000}
export GUITAI_SEEDS GUITAI_SEED_BASE

echo "simulation: $GUITAI_SEEDS seeds from $GUITAI_SEED_BASE"
# One selection of packages, as in scripts/test.sh: what is not made faster is not compiled again.
exec cargo test --quiet --config scripts/simulate.toml --workspace --test simulation every_promise -- --nocapture
