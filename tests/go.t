#!/bin/sh
# SPDX-License-Identifier: MIT
# The Go twins: they answer as in C, and where a verdict differs from C's the claim says
# why.  A tip that cannot be examined at all leaves the plan short.
B=${B:-build}
if ! command -v go > /dev/null; then
    echo '1..0 # SKIP no Go toolchain here (Debian: apt-get install golang-go)'
    exit 0
fi
make -s B="$B" go >&2 || exit 1
out=$("$B"/twinbench check --lang go)
status=$?
printf '%s\n' "$out" | awk -f tests/tap.awk
exit $status
