#!/bin/sh
# SPDX-License-Identifier: MIT
# What TWIN_SEED means to the ordinary build, and to the one that has the deterministic mode.
unset MAKEFLAGS MFLAGS MAKELEVEL TWIN_SEED TWIN_ANSWERS
make --no-print-directory -j2 B=build/seed EXPLORE=1 build/seed/explore >&2 || exit 1

number=0
check() { # what must be so, the test's status
    number=$((number + 1))
    [ "$2" = 0 ] && echo "ok $number - $1" || echo "not ok $number - $1"
}

said=$(TWIN_SEED=1 "${B:-build}"/twinbench one leaks/range-unclosed bad 2>&1)
[ $? = 2 ] && printf '%s\n' "$said" | grep -q '^twinbench: TWIN_SEED .*make seed'
check 'the ordinary build refuses a seed and names the one that has the mode' $?

trace() {
    TWIN_SEED=$1 build/seed/explore 'programs of three' | grep '^#  '
}
[ -n "$(trace 5)" ] && [ "$(trace 5)" = "$(trace 5)" ]
check 'a seed has the same trace in every process' $?

[ "$(trace 5)" != "$(trace 6)" ]
check 'another seed has another trace' $?

said=$(TWIN_SEED=five build/seed/explore mutex 2>&1)
[ $? = 2 ] && printf '%s\n' "$said" | grep -q "^twinbench: TWIN_SEED: a number, not 'five'"
check 'a seed that is no number is refused' $?

# Twice each: what a seed does it does again.
make --no-print-directory -j2 B=build/seed EXPLORE=1 build/seed/abba >&2 || exit 1
ends() { # seed: how the program ended
    TWIN_SEED=$1 build/seed/abba 2>/dev/null
    echo $?
}
deadlocks=0 ended=0 other=0
for seed in $(seq 100); do
    end=$(ends "$seed")
    [ "$end" = "$(ends "$seed")" ] || end=changed
    case $end in
    0) ended=$((ended + 1)) ;;
    102) deadlocks=$((deadlocks + 1)) ;;
    *) other=$((other + 1)) ;;
    esac
done
echo "# of 100 seeds $deadlocks deadlock two tasks that lock in two orders, $ended do not"
[ $deadlocks -gt 0 ] && [ $ended -gt 0 ] && [ $other = 0 ]
check 'a program that can deadlock does so within 100 seeds' $?

said=$(MOST=0 SEEDS=0 build/seed/explore mutex 2>&1)
[ $? = 1 ] && printf '%s\n' "$said" | grep -q '^# no schedule was run'
check 'a scene of which no schedule was run has failed' $?

echo "1..$number"
