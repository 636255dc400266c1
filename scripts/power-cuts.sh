#!/bin/sh
# Sells, cuts the power at random moments, so many times, and looks at what a disk may then hold.
#   scripts/power-cuts.sh [N] [SEED]    N cuts (1000), moments and sales drawn from SEED (1)
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

GUITAI_CUTS=${1:-1000} GUITAI_SEED=${2:-1} exec cargo test --quiet -p journal --test power_cut the_power_is_cut -- --nocapture
