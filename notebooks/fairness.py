# SPDX-License-Identifier: MIT
"""fairness.py - grade every good and every bad twin again and again, and count.

    make fairness ROUNDS=100 [TIP=family/tip]      best while something else keeps the machine busy

The programs are built once; every grading has numbers of its own.  The clock takes longest and so takes
part in every third round only.  After each round notebooks/FAIRNESS.csv says what was found so far: how
often good did not get all 100 points or did not pass, and how often bad passed.  Those three should read 0."""

import csv
import os
import shutil
import sys
from collections import defaultdict
from pathlib import Path

sys.dont_write_bytecode = True
import grade

OUT = Path(os.environ.get("FAIRNESS_CSV", grade.ROOT / "notebooks/FAIRNESS.csv"))
TIMED_EVERY = 3
COLUMNS = ["tip", "good_graded", "good_timed", "good_below_100", "good_failed", "bad_graded", "bad_passed", "bad_most"]


def tips_of(words):
    tree = grade.ROOT / "patterns"
    return words or sorted(str(p.parent.relative_to(tree)) for p in tree.glob("*/*/tip.c"))


def prepare(tip, face):
    """A folder with the programs that a grading of this twin takes."""
    folder = grade.private_folder()
    grade.build_good(tip, folder)
    grade.build(tip, grade.ROOT / "patterns" / tip / f"{face}.c", "student", folder)
    return folder


def count(tip, totals):
    good, bad = totals[tip, "good"], totals[tip, "bad"]
    return [tip, len(good), totals[tip, "timed"], sum(t < 100 for t in good), sum(t < grade.PASS_MARK for t in good),
            len(bad), sum(t >= grade.PASS_MARK for t in bad), max(bad, default="")]


def write(tips, totals):
    beside = OUT.with_name(OUT.name + ".new")
    with open(beside, "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows([COLUMNS] + [count(t, totals) for t in tips])
    os.replace(beside, OUT)


def main(rounds, tips):
    totals = defaultdict(list, {(t, "timed"): 0 for t in tips})
    folders = {}
    try:
        for tip in tips:
            grade.check_tip(tip)
            for face in ("good", "bad"):
                folders[tip, face] = prepare(tip, face)
        for number in range(rounds):
            for (tip, face), folder in folders.items():
                timed = number % TIMED_EVERY == 0
                marks = grade.take_back(list(grade.decide(tip, folder, *([] if timed else ["--untimed"]))))
                totals[tip, "timed"] += timed and face == "good"
                totals[tip, face].append(grade.total(marks))
                if face == "good" and grade.total(marks) < 100:
                    print(f"{tip} good {grade.total(marks)}: {grade.first_look(marks)}", flush=True)
            write(tips, totals)
            print(f"round {number + 1} of {rounds}", flush=True)
    finally:
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1].isdigit():
        sys.exit("twinbench: fairness.py ROUNDS [TIP ...]")
    try:
        main(int(sys.argv[1]), tips_of(sys.argv[2:]))
    except (grade.Broken, grade.Unfit, grade.sandbox.NoSandbox) as e:
        sys.exit(f"twinbench: fairness: {e}")
