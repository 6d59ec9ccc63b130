#!/bin/sh
# Install what is missing, and only that: system libraries (Debian), a virtual environment, the locked packages, messages.
# Usage: setup.sh run | test
set -eu
purpose=${1:-run}
cd "$(dirname "$0")/.."

RUN="ca-certificates python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
TEST="chromium poppler-utils qpdf gettext git make procps libatomic1 clamav-daemon softhsm2 tesseract-ocr tesseract-ocr-ara tesseract-ocr-fra"
# libatomic1 is for the program that drives Chromium; of clamav-daemon the tests start the program themselves

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

command -v python3 >/dev/null 2>&1 || fail "python3 is missing. Install Python 3.11 or newer (Debian: apt-get install python3), then run this again."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or newer is needed; this one is $(python3 -V 2>&1). Debian 12 and 13 have it."

lock=$( (cat uv.lock requirements.txt scripts/setup.sh; python3 -V) | cksum | cut -d' ' -f1)
stamp=.venv/.ready-$purpose-$lock
if [ -f "$stamp" ]; then
    .venv/bin/python scripts/compile_messages.py >/dev/null
    exit 0
fi

install_debian_packages() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing from Debian:$missing"
    root=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "These packages are missing and neither root nor sudo is at hand. As root: apt-get install$missing"
        root=sudo
    fi
    # A service must not start because a test wants its program.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | $root tee $policy >/dev/null
        $root chmod 755 $policy
        trap '$root rm -f $policy' EXIT
    fi
    $root apt-get update -qq >/dev/null || fail "The package lists could not be read. Is this machine on the network? Nothing was changed; run the command again when it is."
    words=$(mktemp)
    # shellcheck disable=SC2086
    if ! $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >"$words" 2>&1; then
        tail -15 "$words" >&2
        fail "apt-get could not install:$missing. Its own words are above; run the command again when it is mended."
    fi
    rm -f "$words"
    if [ -n "${policy:-}" ] && [ -e "$policy" ]; then $root rm -f $policy; trap - EXIT; fi
}

packages=$RUN
[ "$purpose" = test ] && packages="$RUN $TEST"
if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    install_debian_packages $packages
else
    say "This is not Debian: install the equivalents of: $packages (not tried by us; see docs/operations.md)."
fi

if [ ! -x .venv/bin/python ]; then
    say "Making a virtual environment in .venv"
    python3 -m venv .venv || fail "python3 -m venv failed. On Debian: apt-get install python3-venv"
fi

say "Installing the locked Python packages (about 400 MB, once)"
list=requirements.txt
groups=--no-dev
[ "$purpose" = test ] && list=requirements-test.txt && groups=
if .venv/bin/python -m pip install -q --disable-pip-version-check uv >/dev/null 2>&1 &&
    .venv/bin/uv sync --locked --inexact -q $groups 2>/dev/null; then :; else
    say "uv could not do it; trying pip"
    .venv/bin/python -m pip install -q --disable-pip-version-check -r $list ||
        fail "The Python packages could not be fetched. Is this machine on the network? What was installed is kept; run the command again."
fi

say "Compiling messages"
.venv/bin/python scripts/compile_messages.py >&2
rm -f .venv/.ready-"$purpose"-*
touch "$stamp"
