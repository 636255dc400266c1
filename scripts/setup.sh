#!/bin/sh
# Brings a Debian or Ubuntu machine to where Guitai can be run or tested: checks what has to be there,
# installs what the system's packages can give, and fetches the screens' JavaScript libraries.
#
#   scripts/setup.sh run        what `make run` needs
#   scripts/setup.sh test       what `make test` needs (run, and the tools that play the customer)
#   scripts/setup.sh package    what `make package` needs
#   scripts/setup.sh windows    what `make check-windows` needs (run, and a Windows cross compiler)
#
# It may be called any number of times and is quick when there is nothing to do. It writes to this folder,
# to the home folders of cargo, rustup and npm, and, through apt, to the system; nowhere else.
set -eu

cd "$(dirname "$0")/.."

rust_wanted=1.95.0
node_wanted='20.19 or newer, or 22.12 or newer'

main() {
    purpose=${1:-}
    case $purpose in
    run | test | package | windows) ;;
    *)
        echo "usage: scripts/setup.sh run|test|package|windows" >&2
        exit 2
        ;;
    esac
    give_home
    check_rust
    check_node
    if has apt-get && has dpkg-query; then
        install_packages
    else
        check_by_hand
    fi
    has make || stop "make is missing." "Install the package that brings it (build-essential on Debian)."
    has cc || stop "no C compiler (cc) was found." "Install the package that brings it (build-essential on Debian)."
    if [ "$purpose" = windows ]; then
        add_windows_target
    fi
    install_screen_libraries
    if [ "$purpose" = test ]; then
        install_relay_tools
    fi
}

# --- what has to be there already -------------------------------------------------------------------

# cargo, rustup and npm all want a home folder; a bare environment may not name one.
give_home() {
    if [ -z "${HOME:-}" ]; then
        HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
        [ -n "$HOME" ] || stop "the variable HOME is empty and this user has no home folder." "Set HOME to a folder that can be written."
        export HOME
    fi
    # rustup's usual place, when the shell's start file has not been read.
    if ! has cargo && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
        PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
        export PATH
    fi
}

check_rust() {
    has cargo && has rustc || stop "Rust is missing (cargo and rustc)." "Install it from https://rustup.rs and open a new terminal."
    # rustup's cargo exists before any toolchain does; then it answers with an error.
    found=$(rustc --version 2>/dev/null | cut -d' ' -f2) || found=
    cargo --version >/dev/null 2>&1 || found=
    [ -n "$found" ] || stop "cargo is installed but no Rust toolchain answers." "Run: rustup default stable"
    at_least "${found%%-*}" "$rust_wanted" || stop "Rust $found is too old; Guitai needs $rust_wanted or newer." "Run: rustup update stable"
}

check_node() {
    has node && has npm || stop "Node is missing (node and npm)." "Install Node $node_wanted, from https://nodejs.org (Debian 12's own nodejs package is too old)."
    found=$(node --version 2>/dev/null) || found=
    found=${found#v}
    [ -n "$found" ] || stop "node is installed but does not start." "Install Node $node_wanted, from https://nodejs.org."
    case $found in
    20.*) wanted=20.19.0 ;;
    *) wanted=22.12.0 ;;
    esac
    at_least "$found" "$wanted" || stop "Node $found is too old; the screens need Node $node_wanted." "See https://nodejs.org (Debian 12's own nodejs package is too old)."
}

# --- system packages --------------------------------------------------------------------------------

# One package a line, with what it is for. Chromium is left to want_browser.
wanted_packages() {
    echo 'build-essential          C compiler, linker, make'
    echo 'pkg-config               finds the window libraries when compiling'
    echo 'libwebkit2gtk-4.1-dev    the window: GTK 3 and WebKit'
    echo 'fonts-noto-cjk           Chinese letters on the screen and on receipts'
    if [ "$purpose" = test ]; then
        echo 'webkit2gtk-driver        lets a test press the buttons of the real app'
        echo 'zbar-tools               reads the QR codes off the screen'
        echo 'poppler-utils            reads and draws PDF receipts'
        echo 'python3                  stands in for AWS in the tests of the relay'
        echo 'python3-venv             keeps its libraries to itself'
        want_browser
    fi
    if [ "$purpose" = test ] || { [ "$purpose" = run ] && no_display; }; then
        echo 'xvfb                     a display that exists only in memory'
        echo 'imagemagick              takes the screenshot'
    fi
    if [ "$purpose" = windows ]; then
        echo 'gcc-mingw-w64-x86-64-posix   links Windows programs'
        echo 'g++-mingw-w64-x86-64-posix   links Windows programs'
    fi
}

# The browser that plays the customer's phone. Debian packages Chromium; Ubuntu's package of that name only
# fetches a snap, which servers and containers cannot run. The tests then use the browser inside WebKit.
want_browser() {
    if [ "$(os_field ID)" = debian ]; then
        echo "chromium                 the customer's phone in the tests"
        echo 'chromium-driver          lets a test press its buttons'
    fi
}

no_display() {
    [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]
}

install_packages() {
    note_browser
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0

    echo "Guitai needs these system packages to $(purpose_words):"
    wanted_packages | while read -r name use; do
        case " $missing " in
        *" $name "*) printf '  %-28s %s\n' "$name" "$use" ;;
        esac
    done

    become_root=
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || stop "installing them needs the administrator, and there is no sudo here." \
            "As root, run: apt-get install --no-install-recommends $missing"
        become_root=sudo
        echo "They are installed with apt-get through sudo, which may ask for your password."
    fi
    if ! all_known_to_apt; then
        echo "The package lists are absent or old: apt-get update"
        as_root apt-get -q -o DPkg::Lock::Timeout=120 update || stop "apt-get update failed." "Check the network and /etc/apt, then try again."
    fi
    all_known_to_apt || stop "this system's package sources do not have:$unknown" \
        "Guitai is built and tested on Debian 12 (and newer) and Ubuntu 22.04 (and newer)."
    if ! apt_install; then
        echo "That failed; the package lists may be old. Fetching them and trying once more."
        as_root apt-get -q -o DPkg::Lock::Timeout=120 update || true
        apt_install || stop "apt-get could not install the packages." "Its own message is above."
    fi
}

purpose_words() {
    case $purpose in
    run) echo 'build and open the till' ;;
    test) echo 'build the till and run its tests' ;;
    package) echo 'build an installable package' ;;
    windows) echo 'compile the till for Windows' ;;
    esac
}

# On one line, separated by spaces.
missing_packages() {
    wanted=$(wanted_packages | cut -d' ' -f1)
    # shellcheck disable=SC2086  # one argument per package
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p')
    result=
    for name in $wanted; do
        case "
$installed
" in
        *"
$name
"*) ;;
        *) result="$result $name" ;;
        esac
    done
    echo "${result# }"
}

# Leaves the names without a candidate in `unknown`.
all_known_to_apt() {
    unknown=
    for name in $missing; do
        case $(LC_ALL=C apt-cache policy "$name" 2>/dev/null) in
        *'Candidate: (none)'* | '') unknown="$unknown $name" ;;
        esac
    done
    [ -z "$unknown" ]
}

apt_install() {
    # shellcheck disable=SC2086  # one argument per package
    as_root apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 install --no-install-recommends $missing
}

as_root() {
    $become_root env DEBIAN_FRONTEND=noninteractive "$@"
}

note_browser() {
    [ "$purpose" = test ] && [ "$(os_field ID)" != debian ] || return 0
    if has chromedriver && { has chromium || has chromium-browser || has google-chrome; }; then
        return 0
    fi
    echo "note: no Chromium with chromedriver here ($(os_field ID) has it only as a snap); the browser inside WebKit plays the customer."
}

# A system without apt: everything may be there all the same, so ask for the things, not for the packages.
check_by_hand() {
    lacking=
    for command in cc make pkg-config; do
        has "$command" || lacking="$lacking $command"
    done
    has pkg-config && pkg-config --exists webkit2gtk-4.1 || lacking="$lacking webkit2gtk-4.1(development-files)"
    if [ "$purpose" = test ]; then
        for command in WebKitWebDriver Xvfb import zbarimg pdftotext pdftoppm; do
            has "$command" || lacking="$lacking $command"
        done
    elif [ "$purpose" = run ] && no_display; then
        for command in Xvfb import; do
            has "$command" || lacking="$lacking $command"
        done
    elif [ "$purpose" = windows ]; then
        has x86_64-w64-mingw32-gcc || lacking="$lacking x86_64-w64-mingw32-gcc"
    fi
    [ -z "$lacking" ] || stop "this is not a Debian or Ubuntu system, so nothing is installed by itself; missing:$lacking" \
        "Install these by hand (and the font Noto Sans CJK) and run the command again."
}

# --- Rust's Windows target, the screens' libraries --------------------------------------------------

add_windows_target() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/x86_64-pc-windows-gnu" ] && return 0
    has rustup || stop "Rust's Windows target is missing, and without rustup it cannot be added." "See https://rustup.rs"
    echo "Adding Rust's Windows target: rustup target add x86_64-pc-windows-gnu"
    rustup target add x86_64-pc-windows-gnu || stop "rustup could not add the Windows target." "Check the network and try again."
}

install_screen_libraries() {
    [ -f ui/package-lock.json ] || stop "ui/package-lock.json is missing." "Is this a complete copy of the project?"
    # npm writes this file last, so it stands for a finished install.
    if [ -f ui/node_modules/.package-lock.json ] && [ -z "$(find ui/package-lock.json -newer ui/node_modules/.package-lock.json)" ]; then
        return 0
    fi
    echo "Fetching the screens' JavaScript libraries into ui/node_modules: npm ci"
    (cd ui && npm ci --no-audit --no-fund --loglevel=error --fetch-retries=2 --fetch-retry-maxtimeout=15000 --fetch-timeout=60000) || stop "npm ci failed in ui/." "Check the network and try again; npm's own message is above."
}

# DynamoDB for the relay's tests, and what reads its template. Where the machine's own Python has both, it serves.
install_relay_tools() {
    tools=target/relay-tools
    if [ -x "$tools/bin/moto_server" ] && [ -x "$tools/bin/cfn-lint" ]; then
        return 0
    fi
    if [ ! -e "$tools" ] && python3 -c 'import moto.moto_server.werkzeug_app, cfnlint' 2>/dev/null; then
        return 0
    fi
    echo "Fetching what stands in for AWS in the relay's tests into $tools: pip install"
    [ -x "$tools/bin/python" ] || python3 -m venv "$tools" || stop "python3 -m venv failed." "Install python3-venv and try again."
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check 'moto[dynamodb,sns,server]==5.2.1' cfn-lint==1.51.0 ||
        stop "pip could not install moto and cfn-lint." "Check the network and try again; pip's own message is above."
}

# --- small words ------------------------------------------------------------------------------------

has() {
    command -v "$1" >/dev/null 2>&1
}

os_field() {
    # shellcheck disable=SC1091  # the system's own file
    (
        eval "$1=unknown"
        [ ! -r /etc/os-release ] || . /etc/os-release
        eval "echo \"\$$1\""
    )
}

# at_least 20.20.2 20.19.0: whether the first version is the second or newer.
at_least() {
    printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1 | {
        read -r lower
        [ "$lower" = "$2" ]
    }
}

stop() {
    echo "setup: $1" >&2
    [ $# -lt 2 ] || echo "       $2" >&2
    exit 1
}

main "$@"
