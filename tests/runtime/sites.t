#!/bin/sh
# SPDX-License-Identifier: MIT
# Every panic names a line of the user's: the runtime has no place of its own to name.  HERE
# makes a constant `here_`, so an object of the runtime must not have one; but for task 1, which
# task_main() starts, and the places that are told are looked for in an object that has them.
# And each sentence of a panic or a fatal error is brought about by a test: those look at the place
# that is told with it (twintest.h).
objects=${B:-build}
number=0
check() { # what must be so, the test's status
    number=$((number + 1))
    [ "$2" = 0 ] && echo "ok $number - $1" || echo "not ok $number - $1"
}

places() { # objects: "file.o:here_.0" for each place in them
    nm -A "$@" | sed -n 's/:[0-9a-f]* [a-zA-Z] \(here_\.[0-9]*\)$/:\1/p' | sed 's|.*/||'
}

[ "$(places "$objects"/patterns/leaks/range-unclosed/bad.o | wc -l)" -gt 0 ]
check 'an object that waits has places' $?

found=$(places "$objects"/runtime/*/*.o)
[ "$(printf '%s\n' "$found" | sed 's/:.*//')" = task.o ]
check 'the runtime has one, where task 1 starts' $?
printf '%s\n' "$found" | sed 's/^/# /'

sentences() { # files: the beginning of each sentence, as far as it is the same each time
    grep -Pzoh 'task_(?:panic|fatal)\([^;"]*"\K[^"%(]+' "$@" | tr '\0' '\n' | sed 's/ *$//' | sort -u
}

[ "$(sentences runtime/wait/chan.c | wc -l)" -ge 7 ]
check 'the sentences of a source are found' $?

missing=$(sentences runtime/*/*.c | while read -r sentence; do
    grep -qF "\"$sentence" tests/runtime/test_*.c || printf '%s\n' "$sentence"
done)
[ -z "$missing" ]
check 'each is brought about by a test' $?
printf '%s' "$missing" | sed 's/^/# not: /'

echo "1..$number"
