# SPDX-License-Identifier: MIT
# What `twinbench check` says, as TAP.
/^ok /   { sub(/^ok /, "");   print "ok " ++n " - " $0; next }
/^FAIL / { sub(/^FAIL /, ""); print "not ok " ++n " - " $0; next }
         { print "# " $0 }
END      { print "1.." n + 0 }
