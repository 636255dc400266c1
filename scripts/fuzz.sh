#!/bin/sh
# Throws bad bytes at every parser that reads the outside: notices, replies, card details, catalogue, settings, requests,
# drafts, keys. A case that breaks a promise is printed as a file to keep in tests/corpora.
#   scripts/fuzz.sh [cases [seed]]    default: 200000 for each parser, from the time of day
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

GUITAI_FUZZ=${1:-200000}
GUITAI_SEED=${2:-$(date +%s)}
# Those beside the code are proptest's and draw for themselves.
PROPTEST_CASES=$GUITAI_FUZZ
export GUITAI_FUZZ GUITAI_SEED PROPTEST_CASES

# Optimised, with every check of a debug build, in a folder of its own like the simulation.
CARGO_PROFILE_TEST_OPT_LEVEL=2
CARGO_PROFILE_DEV_OPT_LEVEL=2
export CARGO_PROFILE_TEST_OPT_LEVEL CARGO_PROFILE_DEV_OPT_LEVEL

echo "bad bytes: $GUITAI_FUZZ cases for each parser, seed $GUITAI_SEED"
folder=${CARGO_TARGET_DIR:-target}/simulate
cargo test --quiet --target-dir "$folder" -p stories --test bad_bytes
exec cargo test --quiet --target-dir "$folder" -p net -p vault -p guitaictl --lib --bins \
    -- no_date_header no_bytes no_changed_file no_line no_argument
