#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""lint.t - `make lint-tip` names what a tip lacks, and `make new-tip` makes one to be finished.

The tips are of the test's own: a tree of links to this one, whose patterns/ holds but one tip, the
one that patterns/README.md makes step by step.  Each test takes something away from it.

Each function is one test; its name is the sentence that is true when it passes."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap
from programs import expect, files_of

B = os.environ.get("B", "build")
TIP = "leaks/done-not-closed"
D = f"patterns/{TIP}"
HAS_GO = shutil.which("go") is not None
TREE = tempfile.TemporaryDirectory(prefix="twin-lint-")
AT = Path(TREE.name)


def plant_tree():
    """Everything but the tips, and the objects that do not depend on them.  Each keeps its time, or all would be
    compiled again."""
    for name in ("Makefile", "bench", "notebooks", "plots", "runtime", "tests"):
        (AT / name).symlink_to(ROOT / name)
    (AT / "patterns").mkdir()
    for path in (ROOT / "patterns").iterdir():
        if path.is_file():
            shutil.copy2(path, AT / "patterns")
    shutil.copytree(ROOT / "patterns/template", AT / "patterns/template")
    for room in ("bench", "runtime"):
        shutil.copytree(ROOT / B / room, AT / B / room)
    for cache in (ROOT / B).glob("go1.*/cache"):  # of Go's standard library, compiled
        (AT / B / cache.parent.name).mkdir()
        (AT / B / cache.parent.name / "cache").symlink_to(cache)


def plant(**changed):
    """The tip of the page, with these files otherwise; None takes one away.  bad_c is bad.c."""
    shutil.rmtree(AT / "patterns/leaks", ignore_errors=True)
    (AT / D).mkdir(parents=True)
    files = {**files_of("README.md"), **{k.replace("_", "."): v for k, v in changed.items()}}
    for name, text in files.items():
        if text is not None:
            (AT / D / name).write_text(text)


def replaced(name, old, new):
    text = files_of("README.md")[name]
    assert old in text, f"{name} of the page has no {old!r}"
    return text.replace(old, new)


def without_section(text, heading):
    return re.sub(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", "", text, flags=re.S | re.M)


def run(*words, env={}):
    """(status, what it printed) of a command in the test's tree."""
    mine = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "TIP")}
    done = subprocess.run(words, cwd=AT, env={**mine, **env, "LC_ALL": "C"}, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def make(*words, in_go=False):
    """Go's twins take most of the time, and few of these tests are about them."""
    return run("make", "--no-print-directory", f"B={B}", *words, env={} if in_go else {"GO": "none"})


def lint(in_go=False):
    return make("lint-tip", f"TIP={TIP}", in_go=in_go)


def lint_files():
    return run("patterns/lint.sh", TIP, "--files", env={"B": B})


def expect_failure(sentence, in_go=False, **changed):
    """Lint builds the changed tip, runs it, and says this."""
    plant(**changed)
    said = lint(in_go)
    expect(said, 1, sentence, f"^{TIP}: [1-9][0-9]* to mend")
    assert "proved nothing" not in said[1], said[1]


# --- what is there ---


def the_tips_of_the_tree_lack_no_file_no_word_and_no_heading():
    tips = [str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c")]
    listed = subprocess.run([f"{B}/twinbench", "list", "--names"], cwd=ROOT, text=True, stdout=subprocess.PIPE).stdout.split()
    assert tips and sorted(tips) == sorted(listed), f"of the tree: {sorted(tips)}, of the program: {sorted(listed)}"
    for tip in tips:
        said = subprocess.run(["patterns/lint.sh", tip, "--files"], cwd=ROOT, text=True, stdout=subprocess.PIPE)
        assert said.stdout == f"{tip}: nothing is missing\n" and said.returncode == 0, said.stdout


def the_tip_that_the_page_makes_lacks_nothing():
    shutil.rmtree(AT / "patterns/leaks", ignore_errors=True)
    expect(make("new-tip", f"TIP={TIP}"), 0, f"^patterns/{TIP} is made")
    files = files_of("README.md")
    assert set(files) == {p.name for p in (AT / D).iterdir()}, f"the page writes {sorted(files)}"
    for name, text in files.items():
        (AT / D / name).write_text(text)
    wanted = [f"^ok {TIP} tasks: bad 4 -> 256, good 0 -> 0$", f"^ok {TIP} contract: ", f"^{TIP}: nothing is missing$"]
    if HAS_GO:
        wanted += [rf"^ok {TIP} tasks in Go \d\S+: bad 4 -> 256, good 0 -> 0$", rf"^ok {TIP} contract in Go \d\S+: "]
    expect(lint(in_go=True), 0, *wanted)


def a_new_tip_is_built_and_all_that_is_to_be_done_in_it_is_listed():
    shutil.rmtree(AT / "patterns/leaks", ignore_errors=True)
    make("new-tip", f"TIP={TIP}")
    files = [p.name for p in (AT / "patterns/template").iterdir()]
    assert sorted(files) == sorted(files_of("README.md"))
    expect(lint(), 1, *(f"^{D}/{re.escape(name)}:[0-9]+: TODO: [^*]*[^*/,\" ]$" for name in files),
           f"^FAIL {TIP} contract: it claims nothing$")


def a_changed_page_changes_the_words_of_the_program():
    plant()
    expect(make("all"), 0)
    plant(README_md=replaced("README.md", "# A watcher that waits for an end nobody tells", "# A \"new\" \\ `title`"))
    expect(make("all"), 0)
    title = json.loads(run(f"{B}/twinbench", "list", "--json")[1])["tips"][0]["title"]
    assert title == 'A "new" \\ title', title


def the_words_are_the_opening_paragraphs_and_the_opening_block_of_go():
    plant(README_md=replaced("README.md", "```go\ndone :=", "```go\nfirst()\n\tsecond()\ndone :="))
    make("all")
    words = json.loads(run(f"{B}/twinbench", "list", "--json")[1])["tips"][0]
    assert words["folklore"] == ("Start a watcher for each request. It sleeps until the request is done, so it costs "
                                 "nothing."), words["folklore"]
    assert words["rule"] == "Whoever makes a done channel closes it, on every way out.", words["rule"]
    assert words["go_line"].startswith("first()\n\tsecond()\ndone := make(chan struct{});"), words["go_line"]
    assert words["when_not"] == "A done channel that nobody waits for need not be closed.", words["when_not"]
    assert words["aged"] == "Not at all: no release ends a goroutine that waits for ever.", words["aged"]
    assert words["go_none"] is None


# --- what is not there ---


def each_file_that_is_missing_is_named():
    for name in files_of("README.md"):
        plant(**{name.replace(".", "_"): None})
        go, always = name.endswith(".go"), name in ("README.md", "tip.c")
        # Without a file of Go's the tip would be built, which the next test does once.
        expect(lint_files() if go else lint(), 1, f"^{D}/{re.escape(name)} is missing" + ("$" if always else ";"),
               f"^{TIP}: 1 to mend" + ("$" if go else "; then it can be built"))


def a_tip_that_lacks_a_file_of_go_is_proved_in_c():
    plant(bad_go=None)
    expect(lint(), 1, f"^{D}/bad.go is missing;", f"^ok {TIP} contract: ", f"^{TIP}: 1 to mend$")


def a_tip_without_go_says_why_on_its_page():
    page = without_section(files_of("README.md")["README.md"], "The same mistake in Go")
    no_go = {"bad_go": None, "good_go": None, "scene_go": None}
    plant(README_md=page, **no_go)
    expect(lint_files(), 1, f"^{D}/bad.go is missing; .*README.md says why under '## No twin in Go'$",
           f"README.md: it has no heading '## The same mistake in Go'$")
    plant(README_md=page + "\n## No twin in Go\n\nGo has no like of it.\n", **no_go)
    expect(lint(), 0, f"^{TIP}: nothing is missing$")
    assert json.loads(run(f"{B}/twinbench", "list", "--json")[1])["tips"][0]["go_none"] == "Go has no like of it."
    plant(README_md=page + "\n## No twin in Go\n\nGo has no like of it.\n")
    expect(lint_files(), 1, f"^{D}/bad.go is there, but {D}/README.md has '## No twin in Go'$")


def expect_bad_page(page, sentence):
    """One sentence from lint; and the build stops with it, in one line of its own."""
    plant(README_md=page)
    expect(lint_files(), 1, f"^{D}/README.md{sentence}$", f"^{TIP}: 1 to mend$")
    said = make(f"{B}/entries.c")
    expect(said, 1, f"^twinbench: {D}/README.md{sentence}$")
    assert len([line for line in said[1].splitlines() if not line.startswith("make:")]) == 1, said[1]


def each_heading_that_is_missing_is_named_and_stops_the_build():
    page = files_of("README.md")["README.md"]
    headings = re.findall(r"^## (.*)", page, re.M)
    assert len(headings) == 9, headings
    for heading in set(headings) - {"Symptom"}:
        expect_bad_page(without_section(page, heading), f": it has no heading '## {heading}'")


def a_tip_without_a_symptom_is_built_and_is_not_finished():
    page = files_of("README.md")["README.md"]
    plant(README_md=without_section(page, "Symptom"))
    expect(lint_files(), 1, f"^{D}/README.md: it has no heading '## Symptom'$", f"^{TIP}: 1 to mend$")
    expect(make(f"{B}/entries.c"), 0)


def a_symptom_that_the_tree_has_not_is_named_and_stops_the_build():
    page, line = files_of("README.md")["README.md"], "- tasks/receive: in a watcher"
    assert line in page
    for bad, said in (("- tasks/hunger: in a watcher", "'tasks/hunger' under '## Symptom' is no last heading of patterns/SYMPTOMS.md"),
                      ("- tasks: in a watcher", "'tasks' under '## Symptom' is no last heading of patterns/SYMPTOMS.md"),
                      ("- tasks/receive, in a watcher", "'tasks/receive, in a watcher, for the end of a request that has returned' under "
                                                        "'## Symptom' has no colon with words behind it"),
                      ("tasks/receive: in a watcher", "'## Symptom' must be a list, as in .*")):
        expect_bad_page(page.replace(line, bad), f": {said}")


def a_tree_of_symptoms_that_is_none_is_named_and_stops_the_build():
    plant()
    path = AT / "patterns/SYMPTOMS.md"
    tree = path.read_text()
    for old, new, said in (("## memory: ", "## memory ", ":[0-9]+: 'memory .*' is no symptom: a name, a colon and a sentence"),
                           ("## memory: ", "## tasks: ", ":[0-9]+: 'tasks' is there twice"),
                           ("### memory/load: ", "### hunger/load: ", ":[0-9]+: 'hunger/load' stands below nothing: .*"),
                           ("## slow: ", "#### memory/idle/a: A\n\nWhy?\n\n##### memory/idle/a/b: ",
                            ":[0-9]+: 'memory/idle/a/b' would be reached by more than four questions"),
                           ("What keeps it?\n", "", ": 'memory/idle' asks no question")):
        path.write_text(tree.replace(old, new, 1))
        said_by_make = make(f"{B}/entries.c")
        path.write_text(tree)
        assert old in tree
        expect(said_by_make, 1, f"^twinbench: patterns/SYMPTOMS.md{said}$")


def a_heading_under_which_nothing_stands_is_named_and_stops_the_build():
    page = files_of("README.md")["README.md"]
    for heading in re.findall(r"^## (.*)", page, re.M):
        empty = re.sub(rf"^## {heading}\n.*?(?=^## |\Z)", f"## {heading}\n\n", page, flags=re.S | re.M)
        expect_bad_page(empty, f": nothing stands under '## {heading}'")


def what_a_page_must_not_have_is_named_and_stops_the_build():
    page = files_of("README.md")["README.md"]
    expect_bad_page(page + "\n## Remedy\n\nWait.\n", r":[0-9]+: '## Remedy' is no heading of a tip's page .*")
    expect_bad_page(page + "\n## Why\n\nOnce more.\n", r":[0-9]+: '## Why' is there twice")
    expect_bad_page(page.replace("# A watcher", "A watcher", 1), ": it does not begin with '# ' and a title")
    expect_bad_page(page.replace("Whoever makes", "- Whoever makes"), ": '## What to do' must open with a paragraph")
    expect_bad_page(page.replace("```go\n", "As follows:\n\n```go\n"), ": '## The same mistake in Go' must open with a block of Go")
    expect_bad_page(page.replace("Whoever makes", "*Whoever* makes"),
                    ": the opening of '## What to do' has marks other than `code`: a terminal shows them as they stand")


# --- what is wrong ---


def twins_that_do_not_differ_are_named():
    plant(good_c=files_of("README.md")["bad.c"])
    expect(lint(), 1, f"^{D}/good.c is the same as bad.c", f"^FAIL {TIP} tasks: bad 4 -> 256, good 4 -> 256: ")
    plant(good_c=replaced("good.c", "THIS = { op }", "THIS = { .op = op }"))
    expect(lint_files(), 1, f"^{D}/good.c does not end in the line that bad.c ends in$")


def a_twin_that_does_not_compile_is_shown_with_its_line():
    expect_failure(f"^{D}/bad.c:8:.*error", bad_c=replaced("bad.c", "chan_ref(done)", "chan_ref(don)"))


def a_claim_that_does_not_hold_is_shown():
    expect_failure(f"^FAIL {TIP} tasks: bad 4 -> 256, good 0 -> 0: refuted, expected holds",
                   tip_c=replaced("tip.c", '"tasks", .bad = GROWS', '"tasks", .bad = FLAT'))


def claims_that_bad_would_pass_too_are_named():
    expect_failure(f"^FAIL {TIP} contract: its claims do not tell bad from good$",
                   tip_c=re.sub(r"\.good = FLAT", ".good = NOTHING", files_of("README.md")["tip.c"]))


def twins_that_answer_differently_are_named():
    expect_failure(f"^FAIL {TIP} contract: the answer of bad differs from that of good at OPS 4$", bad_c=replaced("bad.c", "return i;", "return i + 1;"))


def points_that_make_no_shape_are_named():
    expect_failure(f"^FAIL {TIP} contract: its parameter has 1 of the two points that a shape needs$",
                   tip_c=replaced("tip.c", "{ 4, 16, 64, 256 }", "{ 4 }"))
    expect_failure(f"^FAIL {TIP} contract: the points of its parameter do not rise at 16$",
                   tip_c=replaced("tip.c", "{ 4, 16, 64, 256 }", "{ 4, 16, 16 }"))


def an_answer_that_differs_from_that_in_c_is_named():
    if not HAS_GO:
        raise tap.Skip("no Go toolchain")
    expect_failure(rf"^FAIL {TIP} contract in Go \d\S+: the answer of good differs from that in C at OPS 4$", in_go=True,
                   **{f"{twin}_go": replaced(f"{twin}.go", "return i", "return i + 1") for twin in ("bad", "good")})


def a_tip_that_claims_nothing_in_go_is_named():
    if not HAS_GO:
        raise tap.Skip("no Go toolchain")
    claims = re.sub(r'\{ \.column = "tasks", \.bad = GROWS.*?\},\n', "", files_of("README.md")["tip.c"], flags=re.S)
    expect_failure(rf"^FAIL {TIP} contract in Go \d\S+: it claims nothing that Go \d\S+ reports$", in_go=True, tip_c=claims)


def twins_in_go_that_do_not_compile_are_shown():
    if not HAS_GO:
        raise tap.Skip("no Go toolchain")
    expect_failure(r"bad\.go:6:", in_go=True, bad_go=replaced("bad.go", "go watch(done)", "go watsch(done)"))


def a_check_that_proves_nothing_is_a_missing_piece():
    plant()
    expect(make("all"), 0)
    program = AT / B / "twinbench"
    for script in ("exit 0", "echo broken; exit 3"):
        program.write_text(f"#!/bin/sh\n{script}\n")
        said = lint()
        program.write_text("")
        expect(said, 1, f"^twinbench check {TIP} ended with status [03] and proved nothing$", f"^{TIP}: [12] to mend$")
    program.unlink()


# --- names ---


def names_that_are_none_are_refused_in_one_line():
    for name in ("", "tip", "a/b/c", "Leaks/x", "leaks/", "/x", "leaks/x_y", "leaks/-x", "leaks/x-", "leaks/x--y",
                 "le-aks/x", "../x", "leaks/it's", "leaks/a b", "leaks/x\ny"):
        status, said = run("patterns/new-tip.sh", name)
        assert status == 2 and said.startswith(f"twinbench: '{name}' is no name of a tip: "), f"{name!r}: {said}"
        assert said.count("\n") == 1 + name.count("\n"), said
    assert not (AT / "patterns/tip").exists() and not (AT / "patterns/Leaks").exists()


def a_tip_that_exists_is_left_alone():
    plant()
    status, said = run("patterns/new-tip.sh", TIP)
    assert (status, said) == (2, f"twinbench: patterns/{TIP} is there already\n"), said
    assert (AT / D / "bad.c").read_text() == files_of("README.md")["bad.c"]
    assert run("patterns/new-tip.sh", "template/x") == (2, "twinbench: patterns/template is no family of tips\n")


def a_tip_that_is_not_there_is_not_linted():
    status, said = make("lint-tip")
    assert status == 2 and said.startswith("twinbench: make lint-tip TIP=family/tip; the tips: "), said
    for name in ("leaks/nothing", "leaks/", "leaks"):
        status, said = run("patterns/lint.sh", name)
        assert status == 2 and said.startswith("twinbench: there is no tip '"), f"{name!r}: {status} {said}"
        assert said.count("\n") == 1, said


if __name__ == "__main__":
    plant_tree()
    sys.exit(tap.run([
        the_tips_of_the_tree_lack_no_file_no_word_and_no_heading,
        the_tip_that_the_page_makes_lacks_nothing,
        a_new_tip_is_built_and_all_that_is_to_be_done_in_it_is_listed,
        a_changed_page_changes_the_words_of_the_program,
        the_words_are_the_opening_paragraphs_and_the_opening_block_of_go,
        each_file_that_is_missing_is_named,
        a_tip_that_lacks_a_file_of_go_is_proved_in_c,
        a_tip_without_go_says_why_on_its_page,
        each_heading_that_is_missing_is_named_and_stops_the_build,
        a_tip_without_a_symptom_is_built_and_is_not_finished,
        a_symptom_that_the_tree_has_not_is_named_and_stops_the_build,
        a_tree_of_symptoms_that_is_none_is_named_and_stops_the_build,
        a_heading_under_which_nothing_stands_is_named_and_stops_the_build,
        what_a_page_must_not_have_is_named_and_stops_the_build,
        twins_that_do_not_differ_are_named,
        a_twin_that_does_not_compile_is_shown_with_its_line,
        a_claim_that_does_not_hold_is_shown,
        claims_that_bad_would_pass_too_are_named,
        twins_that_answer_differently_are_named,
        points_that_make_no_shape_are_named,
        an_answer_that_differs_from_that_in_c_is_named,
        a_tip_that_claims_nothing_in_go_is_named,
        twins_in_go_that_do_not_compile_are_shown,
        a_check_that_proves_nothing_is_a_missing_piece,
        names_that_are_none_are_refused_in_one_line,
        a_tip_that_exists_is_left_alone,
        a_tip_that_is_not_there_is_not_linted,
    ]))
