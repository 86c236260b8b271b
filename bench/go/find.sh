#!/bin/sh
# SPDX-License-Identifier: MIT
# find.sh FETCHED - the releases of Go that are here: for each a word on standard output,
#
#     go1.24=1.24.4=/usr/lib/go-1.24/bin/go
#
# which is its executor's name, its version and its command.  What is left out, and why, is said
# on standard error, a line each.
#
# They are looked for where Go's users have them: `go` and `go1.NN` in PATH, Debian's
# /usr/lib/go-1.NN, ~/sdk, and FETCHED, where `make go-releases` brings some.  GO='go1.22
# /opt/go/bin/go' names them instead, GO=none wants none, and GO_RELEASES='1.19 1.27' chooses.
# Of two with the same release the first counts.
set -u

oldest=15 # of Go 1: the driver and the twins build from there on

say() { echo "twinbench: $*" >&2; }

# Those of the files that are there; a link that leads nowhere is one, and said to be no Go.
existing() {
    for file; do if [ -e "$file" ] || [ -h "$file" ]; then echo "$file"; fi; done
}

candidates() {
    if [ -n "${GO-}" ]; then
        for command in $GO; do
            command -v "$command" || say "GO names '$command', and there is no such command"
        done
        return
    fi
    command -v go
    (IFS=:; for folder in $PATH; do existing "$folder"/go1.*; done)
    existing /usr/lib/go-*/bin/go "${HOME-}"/sdk/go*/bin/go "$1"/usr/lib/go-*/bin/go
}

# "1.24.4", or nothing: it does not run, or has no release ("devel go1.28-...").
version() {
    GOTOOLCHAIN=local GO111MODULE=off timeout 10 "$1" version 2>/dev/null </dev/null |
        sed -n '1s/^go version go\([0-9]*\.[0-9][0-9a-z.]*\).*/\1/p'
}

wanted() {
    [ -n "${GO_RELEASES-}" ] || return 0
    for release in $GO_RELEASES; do
        [ "$release" != "$1" ] || return 0
    done
    return 1
}

[ "${GO-}" != none ] || exit 0
there=' '
for command in $(candidates "${1-}"); do
    version=$(version "$command")
    minor=${version#*.}
    release=${version%%.*}.${minor%%[!0-9]*}
    if [ -z "$version" ]; then
        say "$command does not say which release of Go it is ($command version), so it is left out"
    elif [ "${release%%.*}" = 1 ] && [ "${release#*.}" -lt $oldest ]; then
        say "$command is Go $version; the twins build from 1.$oldest on, so it is left out"
    elif wanted "$release"; then
        case $there in
        *" $release "*) ;;
        *) echo "go$release=$version=$command" ;;
        esac
        there="$there$release "
    fi
done
for release in ${GO_RELEASES-}; do
    case $there in
    *" $release "*) ;;
    *) say "GO_RELEASES wants Go $release, which is not here; make go-releases brings what Debian has" ;;
    esac
done
