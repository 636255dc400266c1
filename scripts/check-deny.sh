#!/bin/sh
# Checks deny.toml: licences, which crate may use which library (our layers), sources, and known security
# advisories. The advisory list lives on GitHub; where that cannot be reached the other three are checked all
# the same, and this says so.
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

if ! cargo deny --version >/dev/null 2>&1; then
    echo "cargo-deny is not installed, so licences and layers were NOT checked."
    echo "Install it with: cargo install cargo-deny --locked   (3 minutes)"
    exit 0
fi

cargo deny --workspace check --hide-inclusion-graph licenses bans sources

# A fetch that cannot reach GitHub would otherwise wait through many retries.
if timeout 10 git ls-remote --quiet https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then
    cargo deny --workspace check --hide-inclusion-graph advisories
else
    echo "The advisory list (github.com/RustSec/advisory-db) cannot be reached: known vulnerabilities were NOT checked."
fi
