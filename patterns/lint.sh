#!/bin/sh
# SPDX-License-Identifier: MIT
# lint.sh FAMILY/TIP [--files] - names every piece that a tip lacks, in a sentence with the
# file's name.  TIPS=folder is where it is, if not in patterns.
#
# First come the pieces that can be seen in the files; with --files that is all.  Then the
# tip is built, and `check` tries its claims and its contract in C and, where there is a Go,
# in Go.  Status 0: nothing is missing.  1: something is.  2: there is no such tip.
tip=$1
tree=${TIPS:-patterns}
d=$tree/$tip
: "${B:=build}" "${MAKE:=make}"

[ -n "$tip" ] || {
    echo "twinbench: make lint-tip TIP=family/tip; the tips: $B/twinbench list --names" >&2
    exit 2
}
case $tip in
?*/?*) there=$d ;;
*) there= ;;
esac
[ -d "$there" ] || {
    echo "twinbench: there is no tip '$tip'; make new-tip${TIPS:+ TIPS=$TIPS} TIP=family/tip makes one" >&2
    exit 2
}

symptoms=$tree/SYMPTOMS.md
[ -f "$symptoms" ] || symptoms=patterns/SYMPTOMS.md

# has_none C: does the page say why there are no twins in it?
has_none() { [ -f "$d/README.md" ] && grep -q "^## No twin in $1" "$d/README.md"; }

# What is built: of a pair in Go alone the data may be a tip.toml.
data=tip.c
[ ! -f "$d/tip.toml" ] || data=tip.toml
needed="README.md $data"
has_none C || needed="$needed scene.h bad.c good.c"

# show_missing_twins C "FILES"
show_missing_twins() {
    for f in $2; do
        if has_none "$1"; then
            [ ! -f "$d/$f" ] || echo "$d/$f is there, but $d/README.md has '## No twin in $1'"
        else
            [ -f "$d/$f" ] || echo "$d/$f is missing; where $1 has no such thing, $d/README.md says why under '## No twin in $1'"
        fi
    done
}

show_missing_files() {
    for f in README.md $data; do
        [ -f "$d/$f" ] || echo "$d/$f is missing"
    done
    [ ! -f "$d/tip.toml" ] || [ ! -f "$d/tip.c" ] || echo "$d has its data twice, as tip.c and as tip.toml"
    [ $data = tip.c ] || has_none C || echo "$d/tip.toml is of a pair in Go alone; $d/README.md has no '## No twin in C'"
    show_missing_twins C "scene.h bad.c good.c"
    show_missing_twins Go "scene.go bad.go good.go"
}

show_page() {
    [ ! -f "$d/README.md" ] || awk -v symptoms="$symptoms" -v lint=1 -f patterns/words.awk "$d/README.md"
}

show_twins() {
    for lang in c go; do
        bad=$d/bad.$lang good=$d/good.$lang
        [ -f "$bad" ] && [ -f "$good" ] || continue
        ! cmp -s "$bad" "$good" || echo "$good is the same as bad.$lang: their difference is the lesson"
        [ "$(tail -n 1 "$bad")" = "$(tail -n 1 "$good")" ] || echo "$good does not end in the line that bad.$lang ends in"
    done
}

show_todo() { grep -n TODO "$d"/* | sed 's/:\([0-9]*\):.*TODO/:\1: TODO/; s|[",]*\( \*/\)*$||'; }

# A part prints a sentence for each missing piece; they are shown and counted.
missing=0
count() {
    [ -n "$1" ] || return 0
    printf '%s\n' "$1"
    missing=$((missing + $(printf '%s\n' "$1" | grep -c .)))
}

finish() {
    [ "$missing" -gt 0 ] || { echo "$tip: nothing is missing"; exit 0; }
    echo "$tip: $missing to mend$1"
    exit 1
}

page=$(show_page)
count "$(show_missing_files)"
count "$page"
count "$(show_twins)"
count "$(show_todo)"
[ "$2" != --files ] || finish

for f in $needed; do
    [ -f "$d/$f" ] && [ -z "$page" ] || finish "; then it can be built, and its claims checked"
done

# Build a target; what the compiler complains of are missing pieces, or else make's last words.
build() {
    built=$($MAKE --no-print-directory B="$B" -j"$(nproc)" "$1" 2>&1) && return
    complaints=$(printf '%s\n' "$built" | grep -e error: -e '\.go:' -e 'undefined reference' -e '^twinbench:')
    count "${complaints:-$(printf '%s\n' "$built" | tail -n 1)}"
    finish "; then it can be built, and its claims checked"
}

# Each FAIL is a missing piece.  A check that ends badly, or that has passed nothing, is one too.
check() {
    said=$("$B"/twinbench check "$@" "$tip")
    status=$?
    printf '%s\n' "$said" | sed '$d'
    failures=$(printf '%s\n' "$said" | grep -c '^FAIL')
    [ "$failures" -gt 0 ] || { [ $status = 0 ] && printf '%s\n' "$said" | grep -q '^ok'; } || {
        echo "twinbench check ${*:+$* }$tip ended with status $status and proved nothing"
        failures=1
    }
    missing=$((missing + failures))
}

build all
has_none C || check
if [ ! -f "$d/scene.go" ] || [ ! -f "$d/bad.go" ] || [ ! -f "$d/good.go" ]; then
    : # that has been said, or the page says why
elif [ -z "$(bench/go/find.sh build/go-releases 2> /dev/null)" ]; then
    if has_none C; then
        count "there is no Go here, and $tip is in Go alone: its claims were not checked"
    else
        echo "There is no Go here: the twins in Go were neither built nor checked."
    fi
else
    build go
    check --lang go
fi
finish
