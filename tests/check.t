#!/bin/sh
# SPDX-License-Identifier: MIT
# Every claim on counts and outcomes of every tip, and its contract, as TAP.  A tip
# that cannot be examined at all leaves the plan short.
out=$("${B:-build}"/twinbench check)
status=$?
printf '%s\n' "$out" | awk '
    /^ok /   { sub(/^ok /, "");   print "ok " ++n " - " $0; next }
    /^FAIL / { sub(/^FAIL /, ""); print "not ok " ++n " - " $0; next }
             { print "# " $0 }
    END      { print "1.." n + 0 }'
exit $status
