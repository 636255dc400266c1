#!/bin/sh
# Runs every benchmark in crates/*/benches, one after the other so that they do not disturb each other.
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
for file in crates/*/benches/*.rs; do
    [ -f "$file" ] || continue
    crate=$(basename "$(dirname "$(dirname "$file")")")
    name=$(basename "$file" .rs)
    [ "${1:-$name}" = "$name" ] || continue
    found=yes
    echo "== $crate: $name"
    # relay-lambda is a workspace of its own and would build into a folder of its own.
    folder=${CARGO_TARGET_DIR:-target}
    [ "$crate" != relay-lambda ] || folder=$folder/relay
    cargo bench --quiet --manifest-path "crates/$crate/Cargo.toml" --target-dir "$folder" --bench "$name"
done
[ -n "$found" ] || { echo "bench: no benchmark${1:+ named $1} in crates/*/benches." >&2; exit 1; }
