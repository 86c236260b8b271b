# SPDX-License-Identifier: MIT
# words.awk - the words of the tips, from their README.md.
#
#     awk -v symptoms=patterns/SYMPTOMS.md -f patterns/words.awk patterns/*/*/README.md
#                                                               the table of tips, in C
#     awk -v symptoms=... -v lint=1 -f patterns/words.awk README.md
#                                                               what is wrong with a page
#
# folder: where the tips are, if that is not patterns/ of this tree.
#
# A page has fixed headings (patterns/README.md says what stands under each).  Of some the
# opening paragraph is a word of the tip, which the terminal, the report and the labs show;
# of the Go heading it is the opening block of code.  What follows is for the page alone.
# Under "Symptom" each item of the list names a heading of SYMPTOMS.md, the tree of symptoms.
#
# The build ends at the first mistake, in a line.  With lint=1 all mistakes are printed.

BEGIN {
    heading("What people say", "saying")
    heading("What you see", "")
    heading("Symptom", "")
    heading("Why", "")
    heading("What to do", "rule")
    heading("The same mistake in Go", "go_line")
    heading("No twin in Go", "go_none")
    heading("No twin in C", "c_none")
    heading("When not to", "when_not")
    heading("What is measured", "")
    heading("Who would have told you", "")
    heading("In the wild", "")
    heading("How it aged", "aged")
    heading("For a class", "")
    optional["What is measured"] = optional["In the wild"] = optional["No twin in Go"] = optional["No twin in C"] = optional["Who would have told you"] = 1
    optional["Symptom"] = !lint # a tip is built without, but it is not finished

    tree(symptoms)
    for (i = 1; i < ARGC; i++)
        page(ARGV[i])
    if (mistakes)
        exit 1
    if (!lint)
        print_table()
    exit 0
}

function heading(text, word) { order[++norder] = text; word_of[text] = word; known[text] = 1 }

function mistake(text)
{
    mistakes++
    if (lint) {
        print text
    } else {
        print "twinbench: " text > "/dev/stderr"
        exit 1
    }
}

# --- the tree of symptoms ---

function tree(path,    line, status, n)
{
    while ((status = (getline line < path)) > 0) {
        n++
        if (line ~ /^#/)
            read_symptom(path ":" n, line)
        else if (line ~ /[^ \t]/ && nsymptoms && asking)
            question[nsymptoms] = question[nsymptoms] (question[nsymptoms] == "" ? "" : " ") line
        else if (nsymptoms && question[nsymptoms] != "")
            asking = 0
    }
    close(path)
    if (status < 0)
        mistake(path ": there is no such page")
    for (n = 1; n <= nsymptoms; n++)
        if (question[n] == "")
            mistake(path ": '" symptom[n] "' asks no question")
}

# "### tasks/receive: For a value"; the first heading is the tree's title, and has no name.
function read_symptom(where, line,    name, above)
{
    asking = 1
    sub(/^#+ */, "", line)
    name = nsymptoms ? line : ""
    sub(/: .*/, "", name)
    above = name
    if (!sub(/\/[^\/]*$/, "", above))
        above = ""
    symptom[++nsymptoms] = name
    text_of[nsymptoms] = nsymptoms > 1 ? substr(line, length(name) + 3) : line
    if (nsymptoms > 1 && (name !~ /^[a-z0-9]+(\/[a-z0-9]+)*$/ || text_of[nsymptoms] == ""))
        mistake(where ": '" line "' is no symptom: a name, a colon and a sentence")
    else if (name in number)
        mistake(where ": '" name "' is there twice")
    else if (nsymptoms > 1 && !(above in number))
        mistake(where ": '" name "' stands below nothing: there is no '" above "' before it")
    else if (split(name, parts, "/") > 3)
        mistake(where ": '" name "' would be reached by more than four questions")
    number[name] = nsymptoms
    divided[above] = nsymptoms > 1
}

# "tasks/receive: at a range over a channel that nobody closes"
function read_place(line)
{
    if (line ~ /^#/ || line !~ /[^ \t]/ || line ~ /^- TODO/)
        return
    if (sub(/^- /, "", line))
        places[tip, ++nplaces[tip]] = line
    else if (nplaces[tip] && sub(/^ +/, "", line))
        places[tip, nplaces[tip]] = places[tip, nplaces[tip]] " " line
    else
        mistake(file ": '## Symptom' must be a list, as in '- tasks/receive: at a range over a channel'")
}

function check_places(    i, name)
{
    section = "Symptom"
    for (i = 1; i <= nplaces[tip]; i++) {
        name = places[tip, i]
        if (!sub(/: .+/, "", name))
            mistake(file ": '" name "' under '## Symptom' has no colon with words behind it")
        else if (!(name in number) || name == "" || divided[name])
            mistake(file ": '" name "' under '## Symptom' is no last heading of " symptoms)
        place_of[tip, i] = number[name] - 1
        places[tip, i] = plain(substr(places[tip, i], length(name) + 3))
    }
}

# --- reading ---

function page(path,    line, status, n)
{
    file = path
    tip = path
    sub(/\/README.md$/, "", tip)
    match(tip, /[^\/]+\/[^\/]+$/) # family/tip, wherever the tree is
    tip = substr(tip, RSTART)
    tips[++ntips] = tip
    begin_section("")
    fenced = 0
    split("", seen)
    while ((status = (getline line < path)) > 0) {
        sub(/\r$/, "", line)
        read_line(line, ++n)
    }
    close(path)
    if (status < 0) {
        mistake(path ": there is no such page")
        return
    }
    end_section()
    check_headings()
    check_places()
}

function read_line(line, n)
{
    if (line ~ /^```/)
        fenced = !fenced
    else if (n == 1)
        read_title(line)
    else if (!fenced && line ~ /^#/ && line !~ /^###/)
        read_heading(line, n)
    else if (line ~ /[^ \t]/)
        filled = 1
    read_opening(line)
    if (section == "Symptom")
        read_place(line)
}

function read_title(line)
{
    if (line !~ /^# +[^ ]/)
        mistake(file ": it does not begin with '# ' and a title")
    sub(/^# +/, "", line)
    words[tip, "title"] = plain(line)
}

function read_heading(line, n)
{
    end_section()
    sub(/^#+ */, "", line)
    if (!(line in known))
        mistake(file ":" n ": '## " line "' is no heading of a tip's page (patterns/README.md has them)")
    else if (line in seen)
        mistake(file ":" n ": '## " line "' is there twice")
    begin_section(line)
}

function begin_section(text)
{
    section = text
    seen[text] = 1
    filled = 0
    opening = ""
    state = "before" # the opening, then in it, then after it
}

# A paragraph ends at an empty line, a block of code at its fence.
function read_opening(line,    code)
{
    if (!word_of[section] || line ~ /^#/ && !fenced || state == "after")
        return
    code = word_of[section] == "go_line"
    if (state == "before" && code && line ~ /^```/)
        state = "in"
    else if (state == "before" && line ~ /[^ \t]/) {
        state = code || line ~ /^(```|[-*+] |[|>]|[0-9]+\.)/ ? "after" : "in"
        opening = state == "in" ? line : ""
    } else if (state == "in" && (code ? line ~ /^```/ : line !~ /[^ \t]/))
        state = "after"
    else if (state == "in")
        opening = opening (opening == "" ? "" : code ? "\n" : " ") line
}

function end_section(    word)
{
    if (!(section in known))
        return
    word = word_of[section]
    if (!filled)
        mistake(file ": nothing stands under '## " section "'")
    else if (word && opening == "")
        mistake(file ": '## " section "' must open with a " (word == "go_line" ? "block of Go" : "paragraph"))
    words[tip, word] = word == "go_line" ? opening : plain(opening)
}

# Only the marks of `code` are taken away.  Others would be shown as they stand.
function plain(text,    bare)
{
    bare = text
    gsub(/`[^`]*`/, "", bare)
    if (bare ~ /[*_`]|\]\(/)
        mistake(file ": " (section ? "the opening of '## " section "'" : "the title") " has marks other than `code`: a terminal shows them as they stand")
    gsub(/`/, "", text)
    return text
}

# The mistake in Go is shown beside C's; where there is only one of the two, it need not be.
function check_headings(    i)
{
    for (i = 1; i <= norder; i++)
        if (!(order[i] in seen) && !optional[order[i]] && \
            !(word_of[order[i]] == "go_line" && ("No twin in Go" in seen || "No twin in C" in seen)))
            mistake(file ": it has no heading '## " order[i] "'")
    if ("No twin in Go" in seen && "No twin in C" in seen)
        mistake(file ": it says that there are no twins in C, and none in Go")
}

# --- writing ---

function quoted(text)
{
    return "\"" replaced(replaced(replaced(replaced(text, "\\", "\\\\"), "\"", "\\\""), "\n", "\\n"), "\t", "\\t") "\""
}

# gsub() reads its replacement differently in each awk.
function replaced(text, old, new,    at, done)
{
    while ((at = index(text, old)) > 0) {
        done = done substr(text, 1, at - 1) new
        text = substr(text, at + length(old))
    }
    return done text
}

function in_go_alone(name) { return (name, "c_none") in words }

function print_table(    i, k, symbol, twins)
{
    print "#include \"inside/tips.h\"\n"
    print "const struct symptom symptoms[] = {"
    for (i = 1; i <= nsymptoms; i++)
        print "    { " quoted(symptom[i]) ", " quoted(text_of[i]) ", " quoted(question[i]) " },"
    print "};\nconst size_t nsymptoms = sizeof symptoms / sizeof symptoms[0];\n"
    print "const char tips_folder[] = " quoted(folder) ";\n"
    for (i = 1; i <= ntips; i++) {
        symbol = tips[i]
        gsub(/[\/-]/, "_", symbol)
        symbols[i] = symbol
        print "extern const struct tip " symbol "_tip;"
        if (!in_go_alone(tips[i]))
            print "extern const struct twin " symbol "_bad, " symbol "_good;"
    }
    print "\nconst struct entry entries[] = {"
    for (i = 1; i <= ntips; i++) {
        twins = in_go_alone(tips[i]) ? "NULL, NULL" : "&" symbols[i] "_bad, &" symbols[i] "_good"
        print "    { " quoted(tips[i]) ", &" symbols[i] "_tip, " twins ","
        print "      &(const struct tip_words){"
        print_word(tips[i], "title")
        for (k = 1; k <= norder; k++)
            if (word_of[order[k]])
                print_word(tips[i], word_of[order[k]])
        print_places(tips[i])
        print "      } },"
    }
    print "};\nconst size_t nentries = sizeof entries / sizeof entries[0];"
}

function print_word(name, word)
{
    if ((name, word) in words)
        print "          ." word " = " quoted(words[name, word]) ","
}

function print_places(name,    i)
{
    print "          .places = (const struct place[]){"
    for (i = 1; i <= nplaces[name]; i++)
        print "              { &symptoms[" place_of[name, i] "], " quoted(places[name, i]) " },"
    print "              { NULL, NULL } },"
}
