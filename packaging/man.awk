# SPDX-License-Identifier: MIT
# man.awk - a manual page, made of what `twinbench [COMMAND] --help` prints.
#
#     twinbench bench --help | awk -f man.awk -v name=twinbench-bench -v brief='...' -v version=0.9.0
#
# The usage, then sentences, then flags or commands: two spaces, a word, two spaces, its text, which
# goes on in lines that are indented deeper.  Lines of any other form stand as they are.

function roff(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    return text ~ /^[.']/ ? "\\&" text : text
}

function verbatim(on) {
    if (on != inside)
        print on ? ".PP\n.nf" : ".fi"
    inside = on
}

function section(title) {
    verbatim(0)
    print ".SH " title
}

BEGIN {
    printf ".TH %s 1 \"\" \"twinbench %s\" \"Twinbench\"\n", toupper(roff(name)), version
    section("NAME")
    print roff(name " - " brief)
}

NR == 1 {
    sub(/^usage: /, "")
    section("SYNOPSIS")
    print ".B " roff($0)
    section("DESCRIPTION")
    next
}

/^  [-a-z]+( [A-Z])?  +[^ ]/ {
    verbatim(0)
    if (!listed++)
        section(name == "twinbench" ? "COMMANDS" : "OPTIONS")
    match($0, /^  [-a-z]+( [A-Z])?/)
    print ".TP\n.B " roff(substr($0, 3, RLENGTH - 2))
    sub(/^  [-a-z]+( [A-Z])? +/, "")
    print roff($0)
    next
}

/^$/ { verbatim(0); next }
listed && /^    / { sub(/^ +/, ""); print roff($0); next }
/^ | \[--/ { verbatim(1); print roff($0); next }
{ verbatim(0) }
listed { print ".PP" }
{ print roff($0) }

END {
    section("EXIT STATUS")
    print "0; 1 for a failure; 2 for a mistake on the command line; 130 after an interruption."
    if (name == "twinbench-bench")
        print "3 if all was measured but there is no report; 4 if the run found what", roff("--fail-on"), "names."
    section("FILES")
    print ".TP\n.I results/\na folder for each run, and\n.I results/latest"
    section("SEE ALSO")
    n = split(seealso, others, " ")
    for (i = 1; i <= n; i++)
        print ".BR " roff(others[i]) " (1)" (i < n ? "," : "")
}
