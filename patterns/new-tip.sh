#!/bin/sh
# SPDX-License-Identifier: MIT
# new-tip.sh FAMILY/TIP [go] - the folder of a new tip, made of patterns/template; of a pair in Go
# alone its page and data are those of patterns/template-go.  It builds, and `make lint-tip` lists
# what is to be done in it.  TIPS=folder is where it goes, if not into patterns.
tip=$1 in=$2
tree=${TIPS:-patterns}
. patterns/names.sh

refuse() {
    echo "twinbench: $*" >&2
    exit 2
}

is_tip_name "$tip" || refuse "'$tip' is no name of a tip: $tip_names"
[ ! -e "$tree/$tip" ] || refuse "$tree/$tip is there already"
for data in tip.c tip.toml; do
    [ ! -e "$tree/${tip%/*}/$data" ] || refuse "$tree/${tip%/*} is no family of tips"
done
case $in in
'') template='patterns/template/*' page=patterns/README.md ;;
go) template='patterns/template/*.go patterns/template-go/*' page=patterns/YOUR-OWN.md ;;
*) refuse "IN=$in: IN=go makes a pair in Go alone; without IN= it is in C and in Go" ;;
esac

mkdir -p "$tree/$tip" && cp $template "$tree/$tip" || exit 1
echo "$tree/$tip is made.  What is to be done in it: make lint-tip${TIPS:+ TIPS=$TIPS} TIP=$tip"
echo "$page goes through it step by step."
