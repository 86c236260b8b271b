#!/bin/sh
# SPDX-License-Identifier: MIT
# releases.sh FOLDER [RELEASE...] - bring releases of Go that Debian packages into FOLDER.
#
# Nothing is installed and the system's apt is not touched: its state, its lists and its cache
# are folders below FOLDER, the packages are unpacked there and can be deleted with it.  They
# come from the mirror that this machine's own sources name, signed with the archive's key.
# Without a RELEASE ("1.27") all of them are brought, 2.7 GB unpacked.  What is there
# already is not fetched again.
set -u

# Where each is packaged.  A suite that the mirror no longer has is left out.
suites='bullseye bookworm bookworm-backports trixie trixie-backports'
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
elsewhere='with a Go of 1.21 or later, GOTOOLCHAIN=go1.NN.P go version brings a release where its proxy can be reached'

say() { echo "twinbench: $*" >&2; }

end() {
    say "$*"
    exit 1
}

[ $# -gt 0 ] || { say 'usage: releases.sh FOLDER [RELEASE...]'; exit 2; }
folder=$1
shift
if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    end "this system has no apt and dpkg to fetch Go with; $elsewhere"
fi
[ -r "$keyring" ] || end "there is no $keyring to check Debian's signature with: install debian-archive-keyring; or $elsewhere"

# The first mirror of Debian in sources.list(5) of either form: a URI that ends in /debian.
mirror() {
    sources=$(apt-config shell D Dir::Etc::sourcelist/f P Dir::Etc::sourceparts/d)
    eval "$sources"
    cat "$D" "$P"/*.list "$P"/*.sources 2>/dev/null | sed 's/#.*//' | tr ' \t' '\n\n' |
        sed -n 's|^\([a-z+]*:/.*/debian\)/*$|\1|p' | head -n 1
}

uri=$(mirror)
[ -n "$uri" ] || end "this machine's apt sources name no mirror of Debian; $elsewhere"

mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" || exit 1
folder=$(cd "$folder" && pwd)
for suite in $suites; do
    echo "deb [signed-by=$keyring target=Packages] $uri $suite main" # no list of files, no icons
done >"$folder/apt/sources.list"

# The system's configuration, the way to the mirror in it, with folders of our own.
private() {
    command=$1
    shift
    "$command" -q -o Dir::State="$folder/apt" -o Dir::State::status=/dev/null -o Dir::Cache="$folder/apt" \
        -o Dir::Etc::sourcelist="$folder/apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o Acquire::Languages=none -o APT::Sandbox::User= "$@"
}

log=$folder/apt/said
private apt-get update >"$log" 2>&1 || say "not every suite can be read; apt says: $(grep -m 1 '^E:' "$log")"
available=$(private apt-cache pkgnames golang-1. | sed -n 's/^golang-\(1\.[0-9]*\)-go$/\1/p' | sort -t. -k2n)
[ -n "$available" ] || { tail -n 3 "$log" >&2; end "$uri has no golang-1.NN-go"; }

# Go's compiler and its sources unpack into one prefix: links lead from one to the other.  The
# mark is made last: what was cut short is fetched again.
fetch() {
    mark=$folder/apt/fetched-$1
    [ ! -e "$mark" ] || return 0
    if ! (cd "$folder/apt/archives" && rm -f "golang-$1-"*.deb &&
        private apt-get download "golang-$1-go" "golang-$1-src") >"$log" 2>&1; then
        tail -n 3 "$log" >&2
        say "Go $1 could not be fetched"
        return 1
    fi
    for package in "$folder/apt/archives/golang-$1-"*.deb; do
        dpkg -x "$package" "$folder" || return 1
        rm -f "$package"
    done
    version=$("$folder/usr/lib/go-$1/bin/go" version) || { say "Go $1 was fetched and does not run"; return 1; }
    touch "$mark"
    echo "$version"
}

failed=0
for release in "${@:-$available}"; do
    for one in $release; do
        if echo "$available" | grep -qx "$one"; then
            fetch "$one" || failed=1
        else
            say "$uri has no Go $one; it has" $available
            failed=1
        fi
    done
done
exit $failed
