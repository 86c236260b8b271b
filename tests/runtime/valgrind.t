#!/bin/sh
# SPDX-License-Identifier: MIT
# Under valgrind there is no proof of who is lost: it keeps the signal that would stop the other
# workers.  Whoever asks is told so, and does not wait for ever.
command -v valgrind >/dev/null || {
    echo '1..0 # SKIP valgrind is not installed: apt-get install valgrind'
    exit 0
}
verify=${B:-build}/tests/runtime/test_verify
[ -x "$verify" ] || make --no-print-directory "$verify" >&2 || exit 1
said=$(CMOCKA_MESSAGE_OUTPUT=TAP timeout 120 valgrind -q --error-exitcode=1 --trace-children=yes --run-libc-freeres=no \
    --fair-sched=yes "$verify" 2>&1)
status=$?
printf '%s\n' "$said" | sed 's/^/# /'
what=where_there_is_no_proof_it_ends_and_says_so
[ $status = 0 ] && printf '%s\n' "$said" | grep -q "^ok [0-9]* - $what" && ok=ok || ok='not ok'
echo "$ok 1 - $what"
echo 1..1
