#!/bin/sh
# Sells with the real program and kills it at random moments, so many times; then the money has to agree.
#   scripts/kill.sh [N] [SEED]    N kills (300), moments and customers drawn from SEED (1)
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

cargo build --quiet -p guitaictl
GUITAI_KILLS=${1:-300} GUITAI_SEED=${2:-1} exec cargo test --quiet -p stories --test kill
