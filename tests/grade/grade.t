#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""grade.t - the good twin handed in has all 100 points, the unsolved file does not pass.

Of two tips, which go wrong in two ways; GRADE_ALL=1 asks it of all.  The first, which leaks, goes through the
gradebook of a class, whose files are looked at too.  TEST_TURN=1 asks it of another second one."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases
import gradings
from cases import ROOT

IN_CLASS = "leaks/range-unclosed"             # leaks
TIPS = ["pools/no-reset", "defer/lost-unlock"]  # answers wrong; gets stuck


def class_of_two(folder):
    """ada has solved it; bob has not, and has a file that nobody asked for; list.txt is no student."""
    name = IN_CLASS.replace("/", "-") + ".c"
    for student, twin in (("ada", "good"), ("bob", "bad")):
        (folder / student).mkdir()
        shutil.copy(ROOT / "patterns" / IN_CLASS / f"{twin}.c", folder / student / name)
    (folder / "bob/notes.c").write_text("int x;\n")
    (folder / "list.txt").write_text("ada\nbob\n")
    return subprocess.run([sys.executable, ROOT / "notebooks/grader", "--all", folder], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def check_class():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = class_of_two(folder)
        yield "a class can be graded", done.returncode == 0, done.stderr
        yield "a file named after no tip is said", "bob/notes.c is named after no tip" in done.stderr, done.stderr
        with open(folder / "gradebook.csv", newline="") as f:
            rows = {r["student"]: r for r in csv.DictReader(f)}
        yield "the gradebook has a row a student", sorted(rows) == ["ada", "bob"], rows
        yield "the good twin handed in has 100 points", rows["ada"][IN_CLASS] == "100", (rows, done.stdout)
        yield "the unsolved file has those for its answers alone", rows["bob"][IN_CLASS] == "40", (rows, done.stdout)
        found = json.loads((folder / "graded/bob" / (IN_CLASS.replace("/", "-") + ".json")).read_text())
        tests = {t["name"]: t for t in found["tests"]}
        yield "results.json adds up", found["score"] == sum(t.get("score", 0) for t in tests.values()) == 40, found
        most = [tests[g]["max_score"] for g in ("answers", "counts", "time")]
        yield "results.json has the points of each gate", most == [40, 40, 20], found
        yield "it says what to look at first", found["output"].startswith("counts: tasks 4, good has 0"), found
        autolab = '{"scores": {"answers": 40, "counts": 0, "time": 0}}'
        yield "there is a line for Autolab", autolab in done.stdout, done.stdout


def check_tips(tips):
    for tip in tips:
        gradings.check_tip(tip)
        for twin in ("good", "bad"):
            marks = gradings.grade(tip, ROOT / "patterns" / tip / f"{twin}.c")
            ok = gradings.total(marks) == 100 if twin == "good" else gradings.total(marks) < gradings.PASS_MARK
            yield f"{tip} {twin} {'has 100 points' if twin == 'good' else 'does not pass'}", ok, marks


def usage():
    for words, expected in ((["leaks/no-such-tip", "x.c"], "there is no tip leaks/no-such-tip"),
                            (["--all", "/no/such/folder"], "there is no folder /no/such/folder")):
        done = subprocess.run([sys.executable, ROOT / "notebooks/grader", *words], text=True, stderr=subprocess.PIPE)
        yield f"grader {' '.join(words)} fails in one line", \
            done.returncode == 1 and expected in done.stderr and done.stderr.count("\n") == 1, done.stderr


def checks():
    yield from usage()
    yield from check_class()
    everything = sorted(str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c"))
    yield from check_tips(everything if os.environ.get("GRADE_ALL") else cases.sample(TIPS, len(TIPS)))


def main():
    tap = cases.Tap()
    for name, ok, why in checks():
        tap.say(ok, name, why)
    return tap.end()


sys.exit(cases.behind_fence(main))
