# SPDX-License-Identifier: MIT
"""cases.py - files with the points they must have and what must be said, as data.

A folder of them has a list, cases.tsv, of lines

    file    how    tip    least    most    a regular expression for what to look at first

where how is `vetted`; `timed`, the same of a file that only the clock finds out; or `let-in`: then what would have
been refused by the look at text and object is built and run all the same, to see that the fence holds alone."""

import glob
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "notebooks/grader"))
sys.dont_write_bytecode = True
import gradings

TSAN_IS_HERE = bool(glob.glob("/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan-*.a"))


@dataclass
class Case:
    path: Path
    how: str
    tip: str
    least: int
    most: int
    says: str


def read(folder):
    for line in (folder / "cases.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, how, tip, least, most, says = line.split("\t")
            yield Case(folder / f"{name}.c", how, tip, int(least), int(most), says)


def unkept(folder):
    """Files without a line, and lines without a file."""
    return {p.stem for p in folder.glob("*.c")} ^ {c.path.stem for c in read(folder)}


def sample(found, every):
    """Each so many-th: from the first, or with TEST_TURN=1, 2 ... from another, so that all can have their turn; all
    of them at once with GRADE_ALL=1."""
    if os.environ.get("GRADE_ALL"):
        return found
    turn = int(os.environ.get("TEST_TURN", 0)) % every
    print(f"# of every {every} of {len(found)} files from number {turn + 1} on")
    return found[turn % len(found)::every]


def of_each_kind(found, kinds):
    """The first of which that must be said, for each kind: words of the expression in the list."""
    sample = [next((c for c in found if kind in c.says), kind) for kind in kinds]
    lacking = [kind for kind in sample if isinstance(kind, str)]
    assert sample and not lacking, f"no file is graded with {lacking}"
    return list({c.path: c for c in sample}.values())


def try_one(case, flags=()):
    """(ok, why not)"""
    begin = time.monotonic()
    try:
        text = case.path.read_bytes().replace(b"PROJECT", os.fsencode(ROOT))
        marks = gradings.grade_text(case.tip, text, "", case.how != "let-in", flags)
    except Exception as e:
        return False, f"grading failed: {e!r}"
    total, says = gradings.total(marks), gradings.first_look(marks)
    ok = case.least <= total <= case.most and re.search(case.says, says.partition(": ")[2])
    return ok, f"{total} points in {time.monotonic() - begin:.1f} s, {says!r}; expected {case.least} to {case.most}, {case.says!r}"


def try_all(cases, flags=(), say=print):
    """[ok]; each is told as it is done."""
    with ThreadPoolExecutor(2) as two:
        found = []
        for case, (ok, why) in zip(cases, two.map(lambda c: try_one(c, flags), cases)):
            say(ok, case.path.stem + (", let in" if case.how == "let-in" else ""), why)
            found.append(ok)
        return found


def try_folder(folder, choose, flags=()):
    """A test of the files of a folder that choose([Case]) names; its exit status."""
    def main():
        tap = Tap()
        tap.say(not unkept(folder), f"every file in {folder.relative_to(ROOT)} has its verdict", unkept(folder))
        try_all(choose(list(read(folder))), flags, tap.say)
        return tap.end()
    return behind_fence(main)


def behind_fence(main):
    """main()'s status; 0 and a word of it where there is no fence."""
    try:
        gradings.fence.check()
    except gradings.fence.NoFence as e:
        print(f"1..0 # SKIP {e}")
        return 0
    try:
        return main()
    finally:
        gradings.shelf.clear()


class Tap:
    """Lines for prove."""

    def __init__(self):
        self.number = self.failed = 0

    def say(self, ok, name, why=""):
        self.number += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.number} - {name}", flush=True)
        if not ok:
            print(f"# {why}", file=sys.stderr, flush=True)  # prove passes it on

    def end(self):
        print(f"1..{self.number}")
        return 1 if self.failed or not self.number else 0
