#!/bin/sh
# SPDX-License-Identifier: MIT
# twinbench-go1.NN - `twinbench one` for the twins in Go of that release.

fail() { echo "twinbench: $*" >&2; exit 2; }

go=${0##*/twinbench-}
[ "$1" = one ] && [ $# -ge 3 ] || fail "usage: twinbench-$go one TIP bad|good|null [flags]"
case $3 in
    bad | good) twin=$3 ;;
    null) twin=good ;;
    *) fail "a twin is bad, good or null, not '$3'" ;;
esac
program=${0%/*}/$go/$2/$twin
[ -x "$program" ] || fail "'$2' has no Go twins here; make go builds those that there are"
exec "$program" "$@"
