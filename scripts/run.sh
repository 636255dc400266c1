#!/bin/sh
# Builds the till and opens it in training mode. Where there is no screen it opens on a display that exists
# only in memory, and a picture of the window is saved; the till stays open until Ctrl-C.
#
#   scripts/run.sh                   open the till
#   scripts/run.sh --picture-only    save the picture and close it again (also where there is a screen)
#
# GUITAI_PICTURE names the file for the picture; the default is target/guitai.png.
# GUITAI_HOME names the folder the till keeps its journal in; the default is target/training.
set -eu

cd "$(dirname "$0")/.."

picture=${GUITAI_PICTURE:-target/guitai.png}
display_pid=
till_pid=

main() {
    PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin
    # A till without settings starts in training mode. This one has a home of its own, so that practising never
    # touches a real till on the same machine.
    GUITAI_HOME=${GUITAI_HOME:-$PWD/target/training}
    export GUITAI_HOME

    if [ "${1:-}" != --picture-only ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        exec cargo run --package guitai
    fi

    command -v Xvfb >/dev/null && command -v import >/dev/null ||
        stop "Xvfb or ImageMagick is missing." "Run: DISPLAY= WAYLAND_DISPLAY= scripts/setup.sh run"
    cargo build --package guitai || stop "the till did not compile." "The compiler's message is above."
    trap close_all EXIT
    trap 'exit 130' INT TERM HUP

    open_display
    unset WAYLAND_DISPLAY
    "${CARGO_TARGET_DIR:-target}/debug/guitai" &
    till_pid=$!
    take_picture
    echo "The till is open in training mode on display $DISPLAY, which exists only in memory."
    echo "A picture of its window: $(absolute "$picture")"
    [ "${1:-}" != --picture-only ] || exit 0
    echo "Press Ctrl-C to close it. (make demo does a sale in the terminal.)"
    result=0
    wait "$till_pid" || result=$?
    till_pid=
    exit "$result"
}

# Xvfb chooses a free display number itself and writes it once it takes connections.
open_display() {
    number_file=$(mktemp)
    Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$number_file" 2>/dev/null &
    display_pid=$!
    tries=100
    until [ -s "$number_file" ]; do
        tries=$((tries - 1))
        { [ "$tries" -gt 0 ] && kill -0 "$display_pid" 2>/dev/null; } || stop "the virtual display (Xvfb) did not start." "Try: Xvfb -displayfd 1"
        sleep 0.1
    done
    DISPLAY=:$(head -n 1 "$number_file")
    export DISPLAY
    rm -f "$number_file"
}

# An empty display has one colour. The window is drawn when there are many, and two looks agree.
take_picture() {
    mkdir -p "$(dirname "$picture")"
    before=
    tries=120
    while :; do
        kill -0 "$till_pid" 2>/dev/null || stop "the till closed before its window was drawn." "Its own message is above."
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || stop "no window was drawn within a minute." "What the display showed is in $(absolute "$picture")."
        sleep 0.5
        import -window root "$picture" 2>/dev/null || continue
        seen=$(identify -quiet -format '%k %#' "$picture" 2>/dev/null) || continue
        [ "${seen%% *}" -gt 32 ] && [ "$seen" = "$before" ] && return 0
        before=$seen
    done
}

close_all() {
    [ -z "$till_pid" ] || kill "$till_pid" 2>/dev/null || true
    [ -z "$till_pid" ] || wait "$till_pid" 2>/dev/null || true
    [ -z "$display_pid" ] || kill "$display_pid" 2>/dev/null || true
}

absolute() {
    echo "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
}

stop() {
    echo "run: $1" >&2
    echo "     $2" >&2
    exit 1
}

main "$@"
