#!/bin/sh
# Breaks the program on purpose and looks whether a test notices.
#   scripts/check-mutants.sh named             every promise-breaking change in tests/mutations
#   scripts/check-mutants.sh named NAME        one of them
#   scripts/check-mutants.sh explore [n/k]     what cargo-mutants thinks of, in the files where money is decided; as the
#                                              nth of k shards
#   scripts/check-mutants.sh                   both
# cargo-mutants is installed into the target folder, not beside the user's own programs.
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin
root=$(pwd)
target=${CARGO_TARGET_DIR:-$root/target}
copy=$target/mutants/copy
# So that git takes the copy for files like any others, wherever the target folder is.
export GIT_CEILING_DIRECTORIES="$target/mutants"

# The files that decide about money and that a wrong answer there would reach.
files_of() {
    case $1 in
        till) echo crates/till/src/payment/*.rs crates/till/src/settle.rs crates/till/src/sale.rs ;;
        ecpay) echo crates/ecpay/src/mac.rs crates/ecpay/src/notice.rs ;;
        register) echo crates/register/src/register/errand.rs crates/register/src/register/receive.rs \
            crates/register/src/register/pay.rs ;;
    esac
}

fresh_copy() {
    mkdir -p "$copy"
    # Times are kept where nothing changed, so that cargo builds only what did.
    git ls-files -z --cached --others --exclude-standard | xargs -0 -I{} sh -c '
        mkdir -p "$2/$(dirname "$1")"
        [ ! -f "$1" ] || cmp -s "$1" "$2/$1" || cp "$1" "$2/$1"' sh {} "$copy"
    # The screens are compiled in, and so is the receipt's font.
    if [ -d ui/dist ]; then mkdir -p "$copy/ui/dist" && cp -R -n ui/dist/. "$copy/ui/dist" 2>/dev/null || true; fi
    [ -e "$copy/ui/node_modules" ] || ln -s "$root/ui/node_modules" "$copy/ui/node_modules"
}

tests_pass() {
    # shellcheck disable=SC2086 # several arguments
    (cd "$copy" && CARGO_TARGET_DIR="$target/mutants/target" GUITAI_CUTS=400 \
        cargo test --quiet $1) >"$target/mutants/log" 2>&1
}

named() {
    fresh_copy
    survived=
    for patch in tests/mutations/${1:-*}.patch; do
        name=$(basename "$patch" .patch)
        tests=$(sed -n 's/^caught-by: //p' "$patch")
        promise=$(sed -n 's/^breaks: //p' "$patch")
        if ! (cd "$copy" && git apply --whitespace=nowarn "$root/$patch") 2>"$target/mutants/log"; then
            echo "STALE     $name: it does not fit the source any more"
            survived="$survived $name"
            continue
        fi
        if tests_pass "$tests"; then
            echo "SURVIVED  $name: nothing noticed that this is broken: $promise"
            survived="$survived $name"
        elif grep -q '^test result: FAILED\|panicked at' "$target/mutants/log"; then
            echo "caught    $name ($tests)"
        else
            echo "UNCLEAR   $name: no test failed, and none passed:"
            tail -5 "$target/mutants/log"
            survived="$survived $name"
        fi
        (cd "$copy" && git apply --whitespace=nowarn -R "$root/$patch")
    done
    # What catches a change must pass without it.
    for tests in $(sed -n 's/^caught-by: //p' tests/mutations/${1:-*}.patch | sort -u | tr ' ' '~'); do
        tests=$(echo "$tests" | tr '~' ' ')
        tests_pass "$tests" || { echo "these fail without any change: $tests"; survived="$survived $tests"; }
    done
    if [ -n "$survived" ]; then
        echo "check-mutants: not caught:$survived" >&2
        return 1
    fi
}

# cargo-mutants over the files of one crate or more (first argument), with the tests that follow. What an earlier pass
# caught is not tried again.
mutate() {
    crates=$1
    shift
    for crate in $crates; do
        for file in $(files_of "$crate"); do set -- --file "$file" "$@"; done
    done
    # shellcheck disable=SC2086 # several arguments, or none
    cargo mutants --workspace --iterate $shard --output "$target/mutants" --no-shuffle --minimum-test-timeout 60 "$@"
}

# First each crate's own tests, which take seconds; then, for what those let live and for the register, the stories.
explore() {
    tools=$target/tools
    [ -x "$tools/bin/cargo-mutants" ] || cargo install cargo-mutants --locked --quiet --root "$tools"
    shard=${1:+--shard $1}
    PATH=$tools/bin:$PATH
    CARGO_TARGET_DIR=$target/mutants/target
    export CARGO_TARGET_DIR
    mutate till --test-package till -- --lib --test parts --test payment_promises --test payment_table || [ $? -eq 2 ]
    mutate ecpay --test-package ecpay@0.1.0 -- --lib --tests || [ $? -eq 2 ]
    mutate "till ecpay register" --test-package register --test-package journal --test-package stories \
        -- --no-fail-fast --lib --test notice --test vectors --test life --test reports --test cancel_and_switch \
        --test notices --test queries --test restart --test split --test refunds --test amounts_and_dates
}

case ${1:-} in
    named) shift; named "$@" ;;
    explore) shift; explore "$@" ;;
    *) named && explore ;;
esac
