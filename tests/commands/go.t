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

# One column of the row that a Go process writes, below its header.
go_column() {
    "$B"/twinbench-go one leaks/range-unclosed bad --ops 4 --row-fd 3 3>&1 > /dev/null |
        awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
            NR == 2 { print "<" $column ">" }'
}

a_row_is_empty_where_go_does_not_know() {
    found=$(go_column tasks)$(go_column timers)$(go_column wall_ns)$(go_column outcome)
    [ "$found" = '<4><><0><OK>' ] && echo 'ok a row is empty where Go does not know' ||
        echo "FAIL a row is empty where Go does not know: $found"
}

an_outcome_is_judged_in_go_too() {
    said=$("$B"/twinbench check --lang go channels/send-on-closed)
    case $said in
    *'ok channels/send-on-closed outcome in Go: bad PANICS, good OK'*) echo 'ok an outcome is judged in Go too' ;;
    *) echo "FAIL an outcome is judged in Go too: $said" | head -n 1 ;;
    esac
}

# check --lang go where the Go twins, beside the program, write this instead of their row.
check_of_row() {
    there=$results/twins/go/leaks/range-unclosed
    mkdir -p "$there" && cp "$B"/twinbench "$B"/twinbench-go "$results/twins" || return
    echo 1.19.8 > "$results/twins/go/release"
    printf '#!/bin/sh\nprintf "%%b" "%s" >&3\n' "$1" > "$there/bad"
    chmod +x "$there/bad" && cp "$there/bad" "$there/good"
    "$results"/twins/twinbench check --lang go leaks/range-unclosed 2> /dev/null
}

# The twins are older than a column: what they know is there, what they do not is not 0.
a_row_without_a_column_is_read_by_its_own_header() {
    check_of_row 'tip,tasks,answer\\na,7,1\\n' | grep -q 'tasks in Go: bad 7 -> 7, good 7 -> 7' &&
        echo 'ok a row is read by its own header' || echo 'FAIL a row is read by its own header'
}

a_row_that_cannot_be_read_is_called_that_and_proves_nothing() {
    said=$(check_of_row '4,4,0\\n'); ended=$?
    if [ "$ended" = 1 ] && [ "${said##*
}" = '0 passed, 4 failed' ] && echo "$said" | grep -q 'DIES: left a row that cannot be read'; then
        echo 'ok a row that cannot be read proves nothing'
    else
        echo "FAIL a row that cannot be read proves nothing: $ended, $said"
    fi
}

what_is_not_there_is_said() {
    said=$("$B"/twinbench-go one leaks/nothing bad 2>&1)
    [ "$?-$said" = "2-twinbench: 'leaks/nothing' has no Go twins here; make go builds those that there are" ] &&
        echo 'ok a tip without Go twins is said' || echo "FAIL a tip without Go twins is said: $said"
}

out=$("$B"/twinbench check --lang go; status=$?
      both_are_judged; an_outcome_is_judged_in_go_too; a_row_is_empty_where_go_does_not_know
      a_row_without_a_column_is_read_by_its_own_header
      a_row_that_cannot_be_read_is_called_that_and_proves_nothing; what_is_not_there_is_said
      exit $status)
status=$?
printf '%s\n' "$out" | awk -f tests/lib/tap.awk
exit $status
