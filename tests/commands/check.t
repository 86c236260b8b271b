#!/bin/sh
# SPDX-License-Identifier: MIT
# Every claim on counts and outcomes of every tip, and its contract, as TAP.  A tip
# that cannot be examined at all leaves the plan short.
out=$("${B:-build}"/twinbench check)
status=$?
printf '%s\n' "$out" | awk -f tests/lib/tap.awk
exit $status
