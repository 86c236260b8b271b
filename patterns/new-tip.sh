#!/bin/sh
# SPDX-License-Identifier: MIT
# new-tip.sh FAMILY/TIP - the folder of a new tip, made of patterns/template.  It builds,
# and `make lint-tip` lists what is to be done in it.
tip=$1

refuse() {
    echo "twinbench: $*" >&2
    exit 2
}

# The symbol of "a/b-c" is a_b_c: without a hyphen in the family no two tips share one.
LC_ALL=C
case $tip in
*[!a-z0-9/-]* | [!a-z]* | *-*/* | */*/* | */ | */-* | *--* | *-) named=no ;;
*/*) named=yes ;;
*) named=no ;;
esac
[ $named = yes ] ||
    refuse "'$tip' is no name of a tip: family/the-symptom-in-plain-words, in a-z, 0-9 and '-'," \
           "as in leaks/range-unclosed"
[ ! -e "patterns/$tip" ] || refuse "patterns/$tip is there already"
[ ! -e "patterns/${tip%/*}/tip.c" ] || refuse "patterns/${tip%/*} is no family of tips"

mkdir -p "patterns/${tip%/*}" && cp -R patterns/template "patterns/$tip" || exit 1
echo "patterns/$tip is made.  What is to be done in it: make lint-tip TIP=$tip"
echo "patterns/README.md goes through it step by step."
