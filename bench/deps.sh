#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh [--list] NAME... - see that these packages of Debian or Ubuntu are installed.
#
# A NAME is a package, or alternatives in order of preference: "gnuplot-nox|gnuplot-qt".  One that
# is installed will do; else the first that this system's package database can install is
# taken, so that no release needs a list of its own.  --list prints what is taken and
# installs nothing.
#
# Installs what is missing with apt, as root or through sudo.  Where neither is to
# be had it prints the one command to run and fails, before anything was changed.
set -u

say() { echo "twinbench: $*" >&2; }

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

available() { apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }

# The first of the alternatives for which the test $1 holds.
first() {
    for name in $(echo "$2" | tr '|' ' '); do
        if "$1" "$name"; then
            echo "$name"
            return
        fi
    done
    return 1
}

# What is to be installed for the alternatives in $@; what nobody knows stands by its first name.
choose() {
    for names; do
        first available "$names" || echo "${names%%|*}"
    done
}

list=
if [ "${1-}" = --list ]; then
    list=yes
    shift
fi
if ! command -v apt-get >/dev/null; then
    names=$(for names; do printf ' %s' "${names%%|*}"; done)
    say "this system has no apt-get; install what Debian calls$names, then run make again (or use the Containerfile)"
    exit 1
fi
if [ "$list" ]; then
    for names; do
        first installed "$names" || choose "$names"
    done
    exit 0
fi

lacking=0
for names; do # "$@" becomes what is missing
    shift
    if ! first installed "$names" >/dev/null; then
        set -- "$@" "$names"
        lacking=$((lacking + 1))
    fi
done
[ $lacking -gt 0 ] || exit 0

install="apt-get install -y --no-install-recommends"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "packages are missing and there is no right to install them; run: sudo apt-get update && sudo $install" $(choose "$@")
    exit 1
fi

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update >"$log" 2>&1 || say "apt-get update failed; trying with the lists that are here"
missing=$(choose "$@")
size=$(LC_ALL=C $install --assume-no $missing 2>/dev/null |
    sed -n 's/^Need to get \(.*\) of archives.*/\1 to fetch/p; s/^After this operation, \(.*\) of additional.*/, \1 on disk/p' | tr -d '\n')
say "installing" $missing ${size:+"($size)"}
if ! $as_root $install $missing >>"$log" 2>&1; then
    tail -n 5 "$log" >&2
    say "apt-get failed; mend that, or run: $install" $missing
    exit 1
fi
