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

# One column of the row that a Go process writes.
go_column() {
    "$B"/twinbench-go one leaks/range-unclosed bad --ops 4 --row-fd 3 3>&1 > /dev/null |
        awk -F, -v name="$1" 'BEGIN { while (getline line < ARGV[2]) if (line ~ /^"/) column[++n] = line }
            { for (i = 1; i <= NF; i++) if (column[i] == "\"" name "\",") print "<" $i ">"; exit }' - "$B"/go/columns.go
}

a_row_is_empty_where_go_does_not_know() {
    found=$(go_column tasks)$(go_column timers)$(go_column wall_ns)$(go_column outcome)
    [ "$found" = '<4><><0><OK>' ] && echo 'ok a row is empty where Go does not know' ||
        echo "FAIL a row is empty where Go does not know: $found"
}

what_is_not_there_is_said() {
    said=$("$B"/twinbench-go one leaks/nothing bad 2>&1)
    [ "$?-$said" = "2-twinbench: 'leaks/nothing' has no Go twins here; make go builds those that there are" ] &&
        echo 'ok a tip without Go twins is said' || echo "FAIL a tip without Go twins is said: $said"
}

out=$("$B"/twinbench check --lang go; status=$?
      both_are_judged; a_row_is_empty_where_go_does_not_know; what_is_not_there_is_said
      exit $status)
status=$?
printf '%s\n' "$out" | awk -f tests/lib/tap.awk
exit $status
