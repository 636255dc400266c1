#!/bin/sh
# Runs every test there is: the screens' types and unit tests, then the whole Rust workspace once, the real app
# driven through its window included. Arguments go to cargo test. The last lines are cargo's own.
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

echo "== the screens: types"
(cd ui && npm run --silent check) || { echo "test: the screens do not pass their type check (above)." >&2; exit 1; }
echo "== the screens: unit tests"
(cd ui && npm run --silent test) || { echo "test: a test of the screens failed (above)." >&2; exit 1; }

if [ $# -eq 0 ]; then
    echo "== the screens: every one with axe-core, in Chinese at 200 % text and light, in English and dark"
    [ -f ui/dist/index.html ] || (cd ui && npm run --silent build)
    node scripts/screens.mjs --access || { echo "test: a screen stands in somebody's way (above)." >&2; exit 1; }
    echo "== the relay on AWS"
    cargo test --quiet --manifest-path crates/relay-lambda/Cargo.toml --target-dir target/relay
    scripts/check-template.sh
fi

# One selection of packages and one target folder: any other would compile Tauri a second time. This also
# builds target/debug/guitai, the app that the end-to-end tests open.
echo "== the till"
exec cargo test --workspace --no-fail-fast "$@"
