#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""outside.t - tips of somebody's own, in a folder outside this tree (patterns/YOUR-OWN.md): they have
what ours have, and nothing of them is written here.

The folder has a pair in C and in Go, that of patterns/README.md, and one in Go alone, that of
patterns/YOUR-OWN.md.  Both are called as tips of ours are.

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
SCRATCH = tempfile.TemporaryDirectory(prefix="twin-outside-")
AT = Path(SCRATCH.name)
TREE = AT / "mine"
IN_C, IN_GO = "leaks/range-unclosed", "leaks/abandoned-sender"
GO = shutil.which("go")
OF_A_MAKE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "TIP", "TIPS", "B", "CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "OPT", "EXTRA")
ENV = {k: v for k, v in os.environ.items() if k not in OF_A_MAKE}
ENV |= {"LC_ALL": "C", "GO": "go" if GO else "none", "TWIN_BATCH_US": "100"}


def run(*words, at=ROOT, **env):
    """(status, what it printed)."""
    done = subprocess.run([str(w) for w in words], cwd=at, env={**ENV, **env}, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def make(*words, tree=TREE, **env):
    return run("make", "--no-print-directory", "-s", f"TIPS={tree}", *words, **env)


def twinbench(*words, tree="mine", at=AT, **env):
    return run(ROOT / B / "twinbench", "--tips", tree, *words, at=at, **env)


def expect_one_line(said, sentence):
    """It is refused, and that is all that is said.  make adds where it stopped."""
    line, *more = said[1].splitlines()
    assert said[0] and not more and re.fullmatch(rf"(Makefile:\d+: \*\*\* )?twinbench: {sentence}(\.  Stop\.)?", line), said


def write(folder, files):
    """What is as it is to be keeps its time, and is not built again."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if not (folder / name).exists() or (folder / name).read_text() != text:
            (folder / name).write_text(text)


def planted():
    """The files of the pair in Go alone, when both pairs are in the tree."""
    write(TREE / IN_C, files_of("README.md"))
    files = files_of("YOUR-OWN.md")
    write(TREE / IN_GO, files)
    return files


def need_go(go=GO):
    if not go:
        raise tap.Skip("there is no Go here, and the pair is in Go alone")


def listing():
    """All that there is in this tree, but for what is built, and what tests beside this one leave."""
    found = set()
    for at, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in ("build", "results", ".git", "__pycache__", "labs")]
        found |= {os.path.join(at, f) for f in files}
    return found


HERE = listing()


def a_folder_begins_with_its_first_tip():
    expect(make("new-tip", f"TIP={IN_C}"), 0, f"^{TREE}/{IN_C} is made\\. .*: make lint-tip TIPS={TREE} TIP={IN_C}$")
    expect(make("new-tip", f"TIP={IN_GO}", "IN=go"), 0, r"^patterns/YOUR-OWN\.md goes through it")
    assert not list((TREE / IN_GO).glob("*.[ch]")), "a pair in Go alone has files in C"
    expect(make("new-tip", f"TIP={IN_GO}"), 1, f"^twinbench: {TREE}/{IN_GO} is there already$")
    assert sorted(p.name for p in TREE.iterdir()) == ["leaks"], "something was built for it"


def what_is_new_is_listed_with_its_place():
    said = make("lint-tip", f"TIP={IN_GO}")
    expect(said, 1, f"^{TREE}/{IN_GO}/README.md:1: TODO: the mistake", f"^{TREE}/{IN_GO}/tip.toml:[0-9]+: TODO: why bad does",
           f"^{IN_GO}: [0-9]+ to mend")


def the_pairs_of_both_pages_lack_nothing():
    planted()
    expect(make("lint-tip", f"TIP={IN_C}"), 0, f"^ok {IN_C} contract", f"^{IN_C}: nothing is missing$")
    need_go()
    expect(make("lint-tip", f"TIP={IN_GO}"), 0, f"^ok {IN_GO} contract in Go", f"^{IN_GO}: nothing is missing$")


def the_program_knows_these_tips_and_no_other():
    planted()
    expect(twinbench("list", "--names"), 0)
    said = json.loads(twinbench("list", "--json")[1])
    ours = json.loads(run(f"{B}/twinbench", "list", "--json")[1])
    assert [t["name"] for t in said["tips"]] == [IN_GO, IN_C] and said["folder"] == str(TREE)
    assert ours["folder"] is None and {IN_C, IN_GO} < {t["name"] for t in ours["tips"]}
    assert [bool(t["c_none"]) for t in said["tips"]] == [True, False]


def check_proves_a_pair_in_go_alone_in_go():
    planted()
    expect(twinbench("check", IN_GO, GO="none"), 1, f"^FAIL {IN_GO}: it is in Go alone, and no Go is built here")
    need_go()
    expect(twinbench("check"), 0, f"^ok {IN_GO} tasks in Go", f"^ok {IN_GO} contract in Go", f"^ok {IN_C} tasks: bad 4 -> 256")
    expect(twinbench("check", "--lang", "c", IN_GO), 0, f"^ok {IN_GO} in C: none: ")


def claims_of_a_pair_in_go_alone_must_tell_bad_from_good():
    need_go()
    files = planted()
    toothless = files["tip.toml"].replace('bad = "GROWS"\n', "")
    for changed, said in (({"bad.go": files["good.go"]}, "tasks in Go [0-9.]+: bad 0 -> 0"),
                          ({"bad.go": files["good.go"], "tip.toml": toothless}, "contract in Go [0-9.]+: all its claims would hold with bad in the place of good"),
                          ({"good.go": files["good.go"].replace("return ", "return 7 + ")}, "contract in Go [0-9.]+: the answer of bad differs")):
        assert all(text != files[name] for name, text in changed.items())
        write(TREE / IN_GO, changed)
        found = twinbench("check", IN_GO)
        write(TREE / IN_GO, files)
        expect(found, 1, f"^FAIL {IN_GO} {said}")


def a_twin_that_does_not_compile_is_named_with_its_line():
    need_go()
    files = planted()
    write(TREE / IN_GO, files | {"bad.go": files["bad.go"].replace("return <-answers", "return answers")})
    said = twinbench("check", IN_GO)
    write(TREE / IN_GO, files)
    expect(said, 1, f"^twinbench: .* it says: {TREE}/{IN_GO}/bad.go:9:9: cannot use answers", f"^FAIL {IN_GO}: it is in Go alone")


def a_twin_that_panics_is_told_with_its_line():
    planted()
    files = files_of("README.md")
    write(TREE / IN_C, {"good.c": files["good.c"].replace("chan_close(done);", "chan_close(done), chan_close(done);")})
    said = twinbench("check", "--lang", "c", IN_C)
    write(TREE / IN_C, files)
    expect((said[0], " ".join(said[1].split())), 1, r"good at OPS 4 PANICS: .*, in good\.c line 9")


def what_runs_twins_in_c_says_that_there_are_none():
    planted()
    twinbench("list")  # what is to be built is built
    for command in ("one", "serve"):
        said = twinbench(command, IN_GO, "bad")
        expect_one_line(said, f"{IN_GO} has no twins in C: .*")


def what_is_to_be_typed_names_the_folder():
    planted()
    shutil.rmtree(TREE / "results", ignore_errors=True)
    said = twinbench("report")
    expect(said, 1, f"^twinbench: there is no run yet: make bench TIPS={TREE} makes one$")


def what_a_student_writes_is_in_the_folder():
    """A tip of ours may have the same name, and its points and hints are not those of this one."""
    said = run("/usr/bin/python3", "-c", "import sys; sys.path.insert(0, 'notebooks'); import lessons as l\n"
               f"print(l.student_file('{IN_GO}'), l.RESULTS, l.hints_of('{IN_GO}'), l.lessons(), l.make('watch', '{IN_GO}'))",
               TIPS=str(TREE))
    ours = run("/usr/bin/python3", "-c", f"import sys; sys.path.insert(0, 'notebooks'); import lessons as l; print(l.hints_of('{IN_GO}') != [])")
    assert ours == (0, "True\n"), ours
    expect(said, 0, re.escape(f"{TREE}/labs/{IN_GO}/student.c {TREE}/results/lab [] [] make watch TIPS={TREE} TIP={IN_GO}") + "$")


def a_run_is_in_the_folder_with_its_report():
    tip = IN_GO if GO else IN_C
    planted()
    twinbench("list")
    expect(run(TREE / ".twinbench/twinbench", "bench", "--quick", "--tip", tip, at=AT), 0, f"^report: {TREE}/results/")
    page = (TREE / "results/latest/report.html").read_text()
    title = files_of("YOUR-OWN.md" if GO else "README.md")["README.md"].splitlines()[0][2:]
    assert title in page and f"make bench TIPS={TREE} TIP={tip}" in page, "the report is of another tip"
    shown = re.sub("<[^>]*>", "", page)
    assert "answers := make(chan uint64, replicas)" in shown if GO else "chan_close(done);" in shown, "it shows no difference of the twins"
    assert "Was the article right" not in page, "it has the assertions of our tips"
    if GO:
        assert "No pair in C: " in page
        rows = (TREE / "results/latest/verdicts.csv").read_text()
        assert re.search(rf"^{tip},0,tasks,count,-.*,-,-,c,", rows, re.M) and re.search(rf"^{tip},0,tasks,.*,holds,holds,go", rows, re.M)


def two_trees_may_have_the_same_names():
    other, files = AT / "other", files_of("README.md")
    write(TREE / IN_C, files)
    write(other / IN_C, {**files, "README.md": files["README.md"].replace("# A watcher", "# Another watcher", 1)})
    for tree in ("mine", "other"):
        expect(twinbench("list", "--names", tree=tree), 0, f"^{IN_C}$")
    titles = [json.loads(twinbench("list", "--json", tree=t)[1])["tips"][-1]["title"] for t in ("mine", "other")]
    assert titles[0].startswith("A watcher") and titles[1].startswith("Another watcher"), titles
    expect_one_line(make("all", f"B={TREE}/.twinbench", tree=other), f"B={TREE}/.twinbench holds what was built of the tips in {TREE}; .*")
    expect_one_line(make("all", f"B={B}", tree=other), f"B={B} holds what was built of the tips in patterns; .*")


# --- mistakes ---


def a_folder_that_is_none_is_named():
    empty = AT / "empty"
    empty.mkdir()
    (AT / "file").write_text("")
    for tree, said in ((AT / "nowhere", f"TIPS: there is no folder '{AT}/nowhere'; make new-tip .*"),
                       (AT / "file", "TIPS: '.*/file' is no folder"),
                       (empty, f"TIPS: there is no tip in '{empty}', .*"),
                       (AT / "my tips", f"TIPS: '{AT}/my tips' has a character that no build gets along with, such as a blank; .*"),
                       (AT / "my$tips", f"TIPS: '{AT}/my\\$tips' has a character .*"),
                       (AT / "it's", f"TIPS: '{AT}/it's' has a character .*"),
                       (ROOT / "patterns", "TIPS: patterns is what is built without TIPS=")):
        expect_one_line(make("all", tree=tree), said)
        expect_one_line(twinbench("list", tree=tree), said)
    expect_one_line(run(ROOT / B / "twinbench", "--tips"), "--tips wants a folder of tips after it, .*")
    if os.geteuid():
        empty.chmod(0)
        expect_one_line(make("all", tree=empty), "TIPS: the folder '.*/empty' may not be read")
        empty.chmod(0o755)


def a_tip_that_is_none_is_named():
    tree = AT / "wrong"
    files = files_of("YOUR-OWN.md")
    for tip, taken, added, said in (("mine/first", ["tip.toml"], {}, "mine/first has twins and no data: .*"),
                                    ("mine/first", [], {"tip.c": ""}, "mine/first has its data twice, .*"),
                                    ("mine/first", ["README.md"], {}, r"mine/first has no README\.md with its words"),
                                    ("mine/first", [], {"README.md": files["README.md"].replace("## No twin in C", "## Why not")},
                                     "mine/first/README.md has no '## No twin in C', and .*"),
                                    ("mine/first", ["good.go"], {}, r"mine/first has no good\.go; .*"),
                                    ("mine/first", ["scene.go"], {}, r"mine/first has no scene\.go; .*"),
                                    ("mine/first", ["tip.toml", "bad.go", "good.go", "scene.go"], {"tip.c": "", "README.md": "# A\n", "bad.c": ""},
                                     r"mine/first has no good\.c; .*"),
                                    ("mi-ne/first", [], {}, "mi-ne/first: 'mi-ne/first' is no name of a tip: .*"),
                                    ("mine/first one", [], {}, "mine/first one: 'mine/first one' is no name of a tip: .*"),
                                    ("mine/É", [], {}, "mine/É: 'mine/É' is no name of a tip: .*")):
        shutil.rmtree(tree, ignore_errors=True)
        write(tree / tip, {k: v for k, v in files.items() if k not in taken} | added)
        expect_one_line(make("all", tree=tree), f"TIPS: {tree}/{said}")


def a_mistake_in_the_data_is_named_with_its_line():
    path = AT / "tip.toml"
    data = files_of("YOUR-OWN.md")["tip.toml"]
    line = {text: n for n, text in enumerate(data.splitlines(), 1)}
    points, bad = next(n for t, n in line.items() if t.startswith("points")), next(n for t, n in line.items() if t.startswith("bad"))
    for old, new, said in (("[4, 16", "[4 16", f":{points}: .*"), ("[4, 16", "[16, 4", f":{points}: points must be whole numbers from 1 that rise"),
                           ("[4, 16, 64, 256]", "[4]", f":{points}: points must be 2 to 8, not 1"),
                           ('"FLAT"', '"FLATS"', f":{bad}: bad = 'FLATS': it must be one of FLAT, GROWS, .*"),
                           ('"FLAT"', "3", f":{bad}: bad must be a text, not 3"), ('column = "tasks"', 'column = "taks"', r":[0-9]+: 'taks' is no column; .*"),
                           ('dial = "OPS"', 'dial = "OOPS"', r":[0-9]+: dial = 'OOPS': it must be one of .*"),
                           ('dial = "OPS"', "", ": it does not say its dial"), ("unit =", "units =", r":[0-9]+: a tip has no 'units'; it may have .*"),
                           ("[[claims]]", '[[claims]]\nuntil = "1.23"', r":[0-9]+: \[\[claims\]\] wants both until, .*")):
        assert old in data, old
        path.write_text(data.replace(old, new, 1))
        expect_one_line(run("/usr/bin/python3", "patterns/toml.py", path), re.escape(str(path)) + said)
    path.write_bytes(b"dial = \"\xff\"\n")
    expect_one_line(run("/usr/bin/python3", "patterns/toml.py", path), re.escape(str(path)) + ": its text is not UTF-8, .*")
    planted()
    write(TREE / IN_GO, {"tip.toml": data.replace("[4, 16", "[4 16", 1)})
    said = twinbench("list")
    write(TREE / IN_GO, {"tip.toml": data})
    expect(said, 1, f"^twinbench: {TREE}/{IN_GO}/tip.toml:{points}: ")


def nothing_is_written_into_this_tree():
    now = listing()
    assert len(HERE) > 500, "it saw no files"
    assert now == HERE, sorted(now ^ HERE)
    built = (ROOT / B / "entries.tips").read_text().split()
    assert IN_C in built and len(built) > 30, "the tips of this tree are not built any more"
    assert not (ROOT / B / "entries.tree").exists()


sys.exit(tap.run(tap.tests_of(globals())))
