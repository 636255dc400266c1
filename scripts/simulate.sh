#!/bin/sh
# Explores afternoons that no test has seen: one seed each, from a base that is new every time.
#   scripts/simulate.sh [seeds [base]]    default: 1000 from the time of day
# Prints the seeds that break a promise with their last steps, and how many steps a minute it took. To see every step of
# one: GUITAI_SEED=n cargo test -p stories --test simulation every_promise -- --nocapture
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

GUITAI_SEEDS=${1:-1000}
GUITAI_SEED_BASE=${2:-$(date +%s)000}
export GUITAI_SEEDS GUITAI_SEED_BASE

# Optimised, for ten times the afternoons, and still with every check that a debug build makes. A folder of its own, so
# that neither the tests nor the package are built again because of it.
CARGO_PROFILE_TEST_OPT_LEVEL=2
CARGO_PROFILE_DEV_OPT_LEVEL=2
export CARGO_PROFILE_TEST_OPT_LEVEL CARGO_PROFILE_DEV_OPT_LEVEL

echo "simulation: $GUITAI_SEEDS seeds from $GUITAI_SEED_BASE"
exec cargo test --quiet --target-dir "${CARGO_TARGET_DIR:-target}/simulate" -p stories --test simulation \
    every_promise -- --nocapture
