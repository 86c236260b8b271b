#!/bin/sh
# SPDX-License-Identifier: MIT
# Bugs planted in a copy of the runtime (tests/explore/planted): the deterministic mode must
# find each one, by seed and by going through all schedules, and the seed must find it
# again.  A patch that no longer applies, or finds nothing, fails.  PLANT=name for one;
# without that every third, TEST_TURN=1 or 2 others; with TEST_ALL=1 all.
unset MAKEFLAGS MFLAGS MAKELEVEL TWIN_SEED TWIN_ANSWERS
make --no-print-directory -j2 B=build/seed EXPLORE=1 build/seed/explore >&2 || exit 1

number=0
say() { # ok|not ok, what
    number=$((number + 1))
    echo "$1 $number - $2"
}

# A copy of the runtime with its objects, so that only what the patch touches is compiled
# again; all else is there by links.
plant() { # patch, folder
    rm -rf "$2"
    mkdir -p "$2/build/seed/tests"
    for entry in *; do
        [ "$entry" = build ] || [ "$entry" = runtime ] || ln -s "$PWD/$entry" "$2/$entry"
    done
    cp -a runtime "$2"
    cp -a build/seed/runtime "$2/build/seed"
    cp -a build/seed/tests/explore "$2/build/seed/tests"
    patch -s -p1 --no-backup-if-mismatch -d "$2" <"$1" >&2 &&
        make --no-print-directory -C "$2" OPT=-O1 B=build/seed EXPLORE=1 build/seed/explore >&2
}


found() { # name, scene, explorer
    by_seed=$(MOST=0 SEEDS=10000 "$3" "$2")
    by_search=$(MOST=200000 SEEDS=0 "$3" "$2")
    seed=$(printf '%s\n' "$by_seed" | sed -n 's/.*TWIN_SEED=\([0-9]*\).*/\1/p')
    schedules=$(printf '%s\n' "$by_search" | sed -n 's/^# schedule \([0-9]*\);.*/\1/p')
    printf '%s\n' "$by_seed" "$by_search" | sed 's/^/# /' >&2
    [ -n "$seed" ] || { say 'not ok' "$1 is found by seed"; return; }
    [ -n "$schedules" ] || { say 'not ok' "$1 is found by going through all"; return; }
    answers=$(printf '%s\n' "$by_search" | sed -n 's/.*again: \(TWIN_.*\) build.*/\1/p')
    TWIN_SEED=$seed "$3" "$2" | grep -q '^not ok' ||
        { say 'not ok' "$1 is found again by seed $seed"; return; }
    env $answers "$3" "$2" | grep -q '^not ok' ||
        { say 'not ok' "$1 is found again by $answers"; return; }
    say ok "$1 is found by seed $seed, and by schedule $schedules of all"
}

turn=$((${TEST_TURN:-0} % 3))
for patch in tests/explore/planted/${PLANT:-*}.patch; do
    turn=$(((turn + 1) % 3))
    [ "${TEST_ALL-}${PLANT-}" ] || [ $turn = 0 ] || continue
    name=$(basename "$patch" .patch)
    folder=build/planted/$name
    if plant "$patch" "$folder"; then
        found "$name" "$(sed -n 's/^Scene: //p' "$patch")" "$folder/build/seed/explore"
    else
        say 'not ok' "$name can be planted"
    fi
    rm -rf "$folder"
done
echo "1..$number"
