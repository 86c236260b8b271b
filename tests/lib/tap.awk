# SPDX-License-Identifier: MIT
# What `twinbench check` says, as TAP; if it says nothing, that is a failure.
/^ok /   { sub(/^ok /, "");   print "ok " ++n " - " $0; next }
/^FAIL / { sub(/^FAIL /, ""); print "not ok " ++n " - " $0; next }
         { print "# " $0 }
END      { if (!n)
               print "not ok " ++n " - a claim was looked at"
           print "1.." n }
