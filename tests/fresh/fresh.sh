#!/bin/sh
# In a new minimal Debian with git, make and python3 only: clone, `make demo`, look at it, stop it, `make test`.
# Usage: fresh.sh SUITE FOLDER [demo|test|both]      (as root; needs debootstrap and the network)
set -eu
suite=$1
root=$2/$suite
what=${3:-both}
here=$(cd "$(dirname "$0")/../.." && pwd)

say() { printf '\n== fresh %s: %s\n' "$suite" "$*"; }

leave() {
    for process in $(pgrep -f '' 2>/dev/null); do
        [ "$(readlink "/proc/$process/root" 2>/dev/null)" = "$root" ] && kill -9 "$process" 2>/dev/null
    done
    for place in dev/pts dev/shm dev sys proc; do umount -l "$root/$place" 2>/dev/null || true; done
}
trap leave EXIT

if [ ! -x "$root/usr/bin/git" ]; then
    say "installing a minimal system"
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=git,make,python3,ca-certificates "$suite" "$root" >"$root.log" 2>&1 ||
        { tail -5 "$root.log"; exit 1; }
fi
for place in proc sys dev; do mkdir -p "$root/$place"; mount --bind "/$place" "$root/$place"; done
for place in dev/shm dev/pts; do mkdir -p "$root/$place"; mount --bind "/$place" "$root/$place" 2>/dev/null || true; done
# What this machine needs to reach the network, the new one needs too: names, certificates.
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp -L /etc/hosts "$root/etc/hosts"
mkdir -p "$root/etc/ssl/certs"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

say "cloning"
rm -rf "$root/home/clone" "$root/home/origin"
git clone -q --bare "$here" "$root/home/origin"
inside() { chroot "$root" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt "$@"; }
inside git clone -q /home/origin /home/clone

if [ "$what" != test ]; then
    say "make demo"
    began=$(date +%s)
    inside sh -c 'cd /home/clone && PORT=8765 exec make demo' >"$root.demo.log" 2>&1 &
    demo=$!
    until grep -q 'Stop with Ctrl-C' "$root.demo.log" 2>/dev/null; do
        kill -0 $demo 2>/dev/null || { cat "$root.demo.log"; exit 1; }
        sleep 1
    done
    cat "$root.demo.log"
    say "first page after $(($(date +%s) - began)) s"
    for page in /ar/ /fr/ /en/ /demo/sent/ /.well-known/jwks.json; do
        python3 -c "import sys, urllib.request as u; print(sys.argv[1], u.urlopen('http://127.0.0.1:8765' + sys.argv[1], timeout=60).status)" "$page"
    done
    kill -TERM $demo 2>/dev/null || true
    leave_demo=$(pgrep -f 'scripts/demo.py' || true)
    [ -z "$leave_demo" ] || kill -TERM $leave_demo 2>/dev/null || true
    wait $demo 2>/dev/null || true
fi
if [ "$what" != demo ]; then
    say "make test"
    inside sh -c 'cd /home/clone && make test'
fi
say "passed"
