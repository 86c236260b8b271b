#!/bin/sh
# SPDX-License-Identifier: MIT
# The Go twins: they answer as in C, and where a verdict differs from C's the claim says
# why.  A tip that cannot be examined at all leaves the plan short.
B=${B:-build}
if ! command -v go > /dev/null; then
    echo '1..0 # SKIP no Go toolchain here (Debian: apt-get install golang-go)'
    exit 0
fi
make -s B="$B" go > /dev/null || exit 1
results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT

# A run of one tip has a line in both languages, and an empty one where Go does not tell.
both_are_judged() {
    "$B"/twinbench bench --quick --tip leaks/range-unclosed --results "$results" > "$results/said" 2>&1
    v=$results/latest/verdicts.csv
    for line in 'tasks,count,4 -> 1024,0 -> 0,,,,holds,holds,c,' \
                'tasks,count,4 -> 1024,0 -> 0,,,,holds,holds,go,' \
                'channels,count,-,-,,,,-,-,go,'; do
        grep -q -e "$line" "$v" || { echo "FAIL bench judges both languages: no '$line'"; return 1; }
    done
    echo 'ok bench judges both languages'
}

out=$("$B"/twinbench check --lang go; status=$?; both_are_judged; exit $status)
status=$?
printf '%s\n' "$out" | awk -f tests/tap.awk
exit $status
