#!/bin/sh
# Runs every benchmark in crates/*/benches and tests/benches, one after the other so that they do not disturb each other.
#   scripts/bench.sh [name]    only benchmarks with this name
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin

# What a benchmark compares itself with may live on npm.
for lock in crates/*/benches/*/package-lock.json; do
    [ -f "$lock" ] || continue
    folder=$(dirname "$lock")
    [ -f "$folder/node_modules/.package-lock.json" ] || (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
done

found=
for file in crates/*/benches/*.rs tests/benches/*.rs; do
    [ -f "$file" ] || continue
    home=$(dirname "$(dirname "$file")")
    crate=$(basename "$home")
    name=$(basename "$file" .rs)
    [ "${1:-$name}" = "$name" ] || continue
    found=yes
    echo "== $crate: $name"
    # relay-lambda is a workspace of its own and would build into a folder of its own.
    folder=${CARGO_TARGET_DIR:-target}
    [ "$crate" != relay-lambda ] || folder=$folder/relay
    # What is pressed and typed into is the till itself.
    [ "$name" != window_search ] || cargo build --quiet --release --target-dir "$folder" -p guitai -p guitaictl
    cargo bench --quiet --manifest-path "$home/Cargo.toml" --target-dir "$folder" --bench "$name"
done
[ -n "$found" ] || { echo "bench: no benchmark${1:+ named $1} in crates/*/benches or tests/benches." >&2; exit 1; }
