# SPDX-License-Identifier: MIT
# help.awk - what `make help` prints, read from the comments in the makefiles:
#
#     ### a heading; what stands under the same one elsewhere is printed with it
#     ## what the target does
#     ##   what may be set
#     target: whatever it needs
FNR == 1 { n = 0 }
/^### /  { heading = substr($0, 5) }
/^## /   { text[++n] = substr($0, 4) }
n && /^[a-z][^=]*:/ {
    sub(/ *:.*/, "")
    gsub(/ /, ", ")
    add(length($0) > 12 ? "  make " $0 "\n" sprintf("%21s%s", "", text[1]) : sprintf("  make %-14s%s", $0, text[1]))
    for (i = 2; i <= n; i++)
        add(sprintf("%21s%s", "", text[i]))
    n = 0
}
END {
    for (i = 1; i <= nheadings; i++)
        print (i > 1 ? "\n" : "") headings[i] "\n" said[headings[i]]
}
function add(line) {
    if (!(heading in said))
        headings[++nheadings] = heading
    said[heading] = said[heading] (said[heading] == "" ? "" : "\n") line
}
