#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh PACKAGE... - see that these Debian packages are installed.
#
# Installs what is missing with apt, as root or through sudo.  Where neither is to
# be had it prints the one command to run and fails, before anything was changed.
set -u

missing=
for package; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
say() { echo "twinbench: $*" >&2; }

if ! command -v apt-get >/dev/null; then
    say "this system has no apt-get; install what Debian 12 calls$missing, then run make again"
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "packages are missing and there is no right to install them; run: sudo $command"
    exit 1
fi

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
say "installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update >"$log" 2>&1 || say "apt-get update failed; trying with the lists that are here"
if ! $as_root apt-get install -y --no-install-recommends $missing >>"$log" 2>&1; then
    tail -n 5 "$log" >&2
    say "apt-get failed; mend that, or run: $command"
    exit 1
fi
