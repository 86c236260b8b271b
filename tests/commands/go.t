#!/bin/sh
# SPDX-License-Identifier: MIT
# The Go twins: they answer as in C, in the newest and the oldest that is here, and where a verdict
# differs from C's the claim says why and since when.  A tip that cannot be examined at all
# leaves the plan short.  Without a Go that builds the twins all of it is skipped.
#
# However many Gos are here, no test runs all of them: it takes the oldest and the newest, and
# those on either side of a release in which a fact begins to be so.
B=${B:-build}
make -s B="$B" go-twins > /dev/null 2>&1 || exit 1
gos=$(ls -d "$B"/go1.*/release 2> /dev/null | sed 's|/release$||; s|.*/||' | sort -t. -k2n)
if [ -z "$gos" ]; then
    echo '1..0 # SKIP no Go here that the twins build with (Debian: apt-get install golang-go)'
    exit 0
fi
oldest=$(echo "$gos" | head -n 1)
newest=$(echo "$gos" | tail -n 1)
title="Go ${newest#go}"
results=$(mktemp -d) || exit 1
export TWIN_BATCH_US=500 # no time is judged here
trap 'rm -rf "$results"' EXIT

# The program with the twins of these Gos alone beside it.
few() {
    mkdir -p "$results/few" && cp "$B"/twinbench "$results/few" || return
    for go; do
        cp "$B/twinbench-$go" "$results/few" && ln -sfn "$PWD/$B/$go" "$results/few/$go"
    done
}

# A run of one tip has a line in C and in each Go, and an empty one where Go does not tell.
both_are_judged() {
    few "$oldest" "$newest"
    "$results"/few/twinbench bench --quick --tip leaks/range-unclosed --results "$results" > "$results/said" 2>&1
    v=$results/latest/verdicts.csv
    for line in 'tasks,count,4 -> 1024,0 -> 0,,,,holds,holds,c,' \
                "tasks,count,4 -> 1024,0 -> 0,,,,holds,holds,$newest," \
                "tasks,count,4 -> 1024,0 -> 0,,,,holds,holds,$oldest," \
                "channels,count,-,-,,,,-,-,$newest,"; do
        grep -q -e "$line" "$v" || { echo "FAIL bench judges C and each Go: no '$line'"; return 1; }
    done
    grep -q "\"version\": \"${newest#go}" "$results/latest/machine.json" ||
        { echo "FAIL bench judges C and each Go: machine.json does not name $newest"; return 1; }
    echo 'ok bench judges C and each Go'
}

# One column of the row that a Go process writes, below its header.
go_column() {
    "$B/twinbench-$newest" one leaks/range-unclosed bad --ops 4 --row-fd 3 3>&1 > /dev/null |
        awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i }
            NR == 2 { print "<" $column ">" }'
}

a_row_is_empty_where_go_does_not_know() {
    found=$(go_column tasks)$(go_column timers)$(go_column wall_ns)$(go_column outcome)
    [ "$found" = '<4><><0><OK>' ] && echo 'ok a row is empty where Go does not know' ||
        echo "FAIL a row is empty where Go does not know: $found"
}

an_outcome_is_judged_in_go_too() {
    said=$("$B"/twinbench check --lang "$newest" channels/send-on-closed)
    case $said in
    *"ok channels/send-on-closed outcome in $title: bad PANICS, good OK"*) echo 'ok an outcome is judged in Go too' ;;
    *) echo "FAIL an outcome is judged in Go too: $said" | head -n 1 ;;
    esac
}

# What Go does not report is said once for all tips and releases, and proves nothing.
a_column_that_go_cannot_tell_is_said_once() {
    said=$("$B"/twinbench check --lang "$newest" defer/many-tasks defer/in-loop)
    if [ "$(echo "$said" | grep -cw cleanups)" = 1 ] && echo "$said" | grep -qx 'Go does not report: .*cleanups.*'; then
        echo 'ok a column that Go cannot tell is said once'
    else
        echo "FAIL a column that Go cannot tell is said once: $said" | tr '\n' ' '
    fi
}

# For each `since` of a fact that counts can show: by which Gos a wrong one is contradicted, the
# last before it and the first from it on.  A line for each: that Go, and the tip; or "probes".
# The newest has told it with all else.
telling() {
    "$B"/twinbench list --json | /usr/bin/python3 -c '
import json, sys
at = lambda release: int(release.split(".")[1])
gos = sorted(sys.argv[1:], key=at)
asked = {(gos[0], "probes")}
for tip in json.load(sys.stdin)["tips"]:
    for fact in (f for f in tip["facts"] if f["since"] and (f["probe"] or f["claim"] not in (None, "time"))):
        beside = [g for g in gos if at(g) < at(fact["since"])][-1:] + [g for g in gos if at(g) >= at(fact["since"])][:1]
        asked |= {(g, "probes" if fact["probe"] else tip["name"]) for g in beside}
for a in sorted((a for a in asked if a[0] != gos[-1]), key=lambda a: (at(a[0]), a)):
    print(*a)' $gos
}

# They answer what the tips say of them; each answer is a line of the plan.
every_fact_of_ageing_is_answered() {
    echo "$said_by_newest" | grep -q ' aged in ' || echo 'FAIL the newest Go answers what the tips say of ageing: nothing'
    telling | while read -r go what; do
        case $go-$what in
        *-probes) said=$("$B"/twinbench check --ageing --lang "$go") ;;
        *) said=$("$B"/twinbench check --lang "$go" "$what") ;;
        esac && [ -n "$said" ] || echo "FAIL $go answers as the tips say: $(echo "$said" | grep FAIL)" | tr '\n' ' '
        echo "$said" | grep '^ok'
    done
}

# A release that behaves otherwise than a fact says of it is a failure.
an_answer_that_contradicts_its_fact_fails() {
    check_of_row '' > /dev/null
    fake "$results/twins/go1.19/aged" 'echo yes by magic'
    said=$("$results"/twins/twinbench check --lang go1.19 --ageing channels/len-polling); status=$?
    rm "$results/twins/go1.19/aged"
    [ "$status-$said" = "1-FAIL channels/len-polling aged in Go 1.19: len of a timer's channel is 0 at all times: yes, expected no, for it is so since 1.23: by magic
0 passed, 1 failed" ] && echo 'ok an answer that contradicts its fact fails' ||
        echo "FAIL an answer that contradicts its fact fails: $status $said" | tr '\n' ' '
}

# check where the twins of a release, beside the program, write this instead of their row.
check_of_row() {
    there=$results/twins/go1.19/leaks/range-unclosed
    mkdir -p "$there" && cp "$B"/twinbench "$results/twins" &&
        cp "$B/twinbench-$newest" "$results/twins/twinbench-go1.19" || return
    echo 1.19.8 > "$results/twins/go1.19/release"
    printf '#!/bin/sh\nprintf "%%b" "%s" >&3\n' "$1" > "$there/bad"
    chmod +x "$there/bad" && cp "$there/bad" "$there/good"
    "$results"/twins/twinbench check --lang go leaks/range-unclosed 2> /dev/null
}

# The twins are older than a column: what they know is there, what they do not is not 0.
a_row_without_a_column_is_read_by_its_own_header() {
    check_of_row 'tip,tasks,answer\\na,7,1\\n' | grep -q 'tasks in Go 1.19: bad 7 -> 7, good 7 -> 7' &&
        echo 'ok a row is read by its own header' || echo 'FAIL a row is read by its own header'
}

# So is one whose twins do: here nothing is left behind.
a_verdict_that_contradicts_its_fact_fails() {
    said=$(check_of_row 'tip,tasks,answer\\na,7,1\\n' | grep ' aged in Go 1.19: a range over')
    case $said in
    'FAIL leaks/range-unclosed aged in Go 1.19: a range over a channel that nobody closes never ends: no, expected yes: '*)
        echo 'ok a verdict that contradicts its fact fails' ;;
    *) echo "FAIL a verdict that contradicts its fact fails: $said" ;;
    esac
}

a_row_that_cannot_be_read_is_called_that_and_proves_nothing() {
    said=$(check_of_row '4,4,0\\n'); ended=$?
    if [ "$ended" = 1 ] && echo "$said" | grep -q '^0 passed, [1-9]* failed$' && echo "$said" | grep -q 'DIES: left a row that cannot be read'; then
        echo 'ok a row that cannot be read proves nothing'
    else
        echo "FAIL a row that cannot be read proves nothing: $ended, $said"
    fi
}

# One that waits for ever is told as such, and the dozens of others that would are not waited for.
a_twin_that_hangs_is_told_and_the_rest_is_not_run() {
    check_of_row '' > /dev/null
    for twin in bad good; do
        fake "$results/twins/go1.19/leaks/range-unclosed/$twin" "echo >> $results/started
echo 'fatal error: all goroutines are asleep - deadlock!'; exit 2"
    done
    said=$("$results"/twins/twinbench check --lang go1.19 leaks/range-unclosed); status=$?
    [ "$status-$said" = "1-FAIL leaks/range-unclosed in Go 1.19: bad at OPS 4 STUCK: fatal error: all goroutines are asleep - deadlock!; nothing else of it is judged
0 passed, 1 failed" ] && [ "$(wc -l < "$results/started")" -lt 9 ] && echo 'ok a twin that hangs is told, and the rest is not run' ||
        echo "FAIL a twin that hangs is told, and the rest is not run: $(wc -l < "$results/started") processes, $status $said" | tr '\n' ' '
}

what_is_not_there_is_said() {
    said=$("$B/twinbench-$newest" one leaks/nothing bad 2>&1)
    [ "$?-$said" = "2-twinbench: 'leaks/nothing' has no Go twins here; make go builds those that there are" ] &&
        echo 'ok a tip without Go twins is said' || echo "FAIL a tip without Go twins is said: $said"
}

# A build that was cut short leaves a bad twin without a good one: C goes on alone.
a_build_that_was_cut_short_stops_no_run() {
    check_of_row '' > /dev/null
    rm "$results/twins/go1.19/leaks/range-unclosed/bad"
    "$results"/twins/twinbench bench --quick --tip leaks/range-unclosed --results "$results/cut" > "$results/said" 2>&1
    if grep -q 'holds,holds,c,' "$results/cut/latest/verdicts.csv" &&
        grep -q 'twinbench: leaks/range-unclosed is left out in Go 1.19: its twins are not there; make go builds them' "$results/said"; then
        echo 'ok a build of Go that was cut short stops no run'
    else
        echo "FAIL a build of Go that was cut short stops no run: $(tail -n 2 "$results/said")" | tr '\n' ' '
    fi
}

# Programs that say what a Go says: "go version go1.24.4 linux/amd64".
fake() {
    mkdir -p "${1%/*}"
    printf '#!/bin/sh\n%s\n' "$2" > "$1"
    chmod +x "$1"
}

# What find.sh finds with these settings.
found() {
    env -i PATH="$results/gos:/usr/bin:/bin" HOME="$results" "$@" bench/go/find.sh "$results/fetched" 2> "$results/said" |
        sed "s|=$results/|=|" | tr '\n' ' '
}

releases_are_found_where_gos_users_have_them() {
    fake "$results/gos/go1.30" 'echo go version go1.30 linux/amd64'
    fake "$results/gos/go" 'echo go version go1.31.2 linux/amd64'
    fake "$results/sdk/go1.32.1/bin/go" 'echo go version go1.32.1 linux/amd64'
    fake "$results/fetched/usr/lib/go-1.30/bin/go" 'echo go version go1.30.9 linux/amd64'
    said=$(found)
    case $said in
    'go1.31=1.31.2=gos/go go1.30=1.30=gos/go1.30 '*'go1.32=1.32.1=sdk/go1.32.1/bin/go '*) ;;
    *) echo "FAIL releases are found where they are: $said"; return ;;
    esac
    said=$(found GO_RELEASES=1.32)/$(found GO=none)/$(found "GO=$results/sdk/go1.32.1/bin/go")
    [ "$said" = 'go1.32=1.32.1=sdk/go1.32.1/bin/go //go1.32=1.32.1=sdk/go1.32.1/bin/go ' ] &&
        echo 'ok releases are found where Go users have them, and chosen' || echo "FAIL releases are chosen: $said"
}

a_go_that_does_not_work_is_said_and_left_out() {
    fake "$results/gos/go" 'exit 1'
    fake "$results/gos/go1.9" 'echo go version go1.9.7 linux/amd64'
    fake "$results/gos/go1.33" 'echo go version devel go1.33-abcdef'
    out=$(found GO_RELEASES='1.30 1.40')
    grep -q "gos/go does not say which release of Go it is" "$results/said" &&
        grep -q "gos/go1.33 does not say which release of Go it is" "$results/said" &&
        grep -q "gos/go1.9 is Go 1.9.7; the twins build from 1.15 on, so it is left out" "$results/said" &&
        [ "$out" = 'go1.30=1.30=gos/go1.30 ' ] && echo 'ok a Go that does not work is said and left out' ||
        echo "FAIL a Go that does not work is said and left out: $out $(cat "$results/said")" | tr '\n' ' '
}

# It builds nothing: one line, no twins of it, and the make goes on.
a_go_that_does_not_build_is_said_and_left_out() {
    fake "$results/gos/go1.30" 'case $1 in version) echo go version go1.30 linux/amd64 ;; *) echo out of order >&2; exit 1 ;; esac'
    said=$(GO_RELEASES='' make -s B="$results/build" GO="$results/gos/go1.30" go-twins 2>&1 >/dev/null); status=$?
    [ "$status-$said" = "0-twinbench: go1.30 does not build the twins, so it is left out; it says: out of order" ] &&
        echo 'ok a Go that does not build is said and left out' ||
        echo "FAIL a Go that does not build is said and left out: $status $said" | tr '\n' ' '
}

out=$(said_by_newest=$("$B"/twinbench check --lang "$newest"); status=$?
      printf '%s\n' "$said_by_newest"
      [ "$oldest" = "$newest" ] || "$B"/twinbench check --lang "$oldest" pools defer || status=$?
      both_are_judged; an_outcome_is_judged_in_go_too; a_column_that_go_cannot_tell_is_said_once
      every_fact_of_ageing_is_answered
      an_answer_that_contradicts_its_fact_fails; a_verdict_that_contradicts_its_fact_fails; a_row_is_empty_where_go_does_not_know
      a_row_without_a_column_is_read_by_its_own_header
      a_row_that_cannot_be_read_is_called_that_and_proves_nothing; a_twin_that_hangs_is_told_and_the_rest_is_not_run
      what_is_not_there_is_said
      a_build_that_was_cut_short_stops_no_run; releases_are_found_where_gos_users_have_them
      a_go_that_does_not_work_is_said_and_left_out; a_go_that_does_not_build_is_said_and_left_out
      exit $status)
status=$?
printf '%s\n' "$out" | awk -f tests/lib/tap.awk
exit $status
