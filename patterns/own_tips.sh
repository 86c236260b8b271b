#!/bin/sh
# SPDX-License-Identifier: MIT
# own_tips.sh FOLDER COMMAND... - `twinbench --tips FOLDER COMMAND ...`: the program that knows the
# tips of that folder is built there, if need be, and does the rest.
checkout=$(cd "${0%/*}/.." && pwd)
tree=$1
shift

refuse() {
    echo "twinbench: $*" >&2
    exit 2
}

case $tree in
'') refuse "--tips wants a folder of tips after it" ;;
/*) ;;
*) tree=$PWD/$tree ;;
esac
wrong=$(cd "$checkout" && patterns/tree.sh "$tree" "${B-}" '')
[ -z "$wrong" ] || refuse "${wrong#twinbench: }"

# What is timed is built as make bench builds it; of others no placement is needed.
case ${1-} in
bench | calibrate) goals='all placements' ;;
*) goals=all ;;
esac
build=${B:-${tree%/}/.twinbench}
case $build in
/*) ;;
*) build=$PWD/$build ;;
esac
unset MAKEFLAGS MFLAGS MAKELEVEL # of a make that has called us
make -s -C "$checkout" --no-print-directory -j"$(nproc)" TIPS="$tree" B="$build" $goals >&2 || exit 1
exec "$build/twinbench" "$@"
