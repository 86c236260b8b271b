# SPDX-License-Identifier: MIT
"""fairness.py - grade every good and every bad twin again and again, and count.

    make fairness ROUNDS=100 [TIP=family/tip]

The programs are built once; every grading has numbers of its own, and three times as many tips are
graded at a time as there are cores, so that they are in each other's way.  The clock takes longest and so takes part in every tenth round only.
notebooks/FAIRNESS.csv says what was found so far: how often good did not get all 100 points or did not
pass, and how often bad passed.  Those three should read 0.  A tip that has its rounds there already is
left alone, so the same command goes on where it was; to begin anew, remove the file."""

import csv
import os
import secrets
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

sys.dont_write_bytecode = True
import build
import gradings
import reports

OUT = Path(os.environ.get("FAIRNESS_CSV", build.ROOT / "notebooks/FAIRNESS.csv"))
TIMED_EVERY = 10
COLUMNS = ["tip", "good_graded", "good_timed", "good_below_100", "good_failed", "bad_graded", "bad_passed", "bad_most"]


def read():
    """{tip: row}, zeros where nothing was counted yet."""
    rows = {t: dict.fromkeys(COLUMNS, 0) | {"tip": t} for t in build.every_tip()}
    if OUT.exists():
        with open(OUT, newline="") as f:
            for found in csv.DictReader(f):
                if found["tip"] in rows:
                    rows[found["tip"]] = {c: v if c == "tip" else int(v) for c, v in found.items()}
    return rows


def write(rows):
    beside = OUT.with_name(OUT.name + ".new")
    with open(beside, "w", newline="") as f:
        out = csv.DictWriter(f, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(rows.values())
    os.replace(beside, OUT)


def prepare(tip, face):
    """A folder with the programs that a grading of this twin takes."""
    reference, folder = gradings.shelf.get(tip), gradings.private_folder()
    build.build_student(tip, build.ROOT / "patterns" / tip / f"{face}.c", folder, reference.folder)
    reference.lend(folder)
    reports.script(folder)
    return folder


def points_of(tip, face, folder, timed):
    seed = secrets.randbelow(1 << 62)
    marks = gradings.take_back(gradings.decide(tip, folder, seed, None, *([] if timed else ["--untimed"])))
    marks = gradings.see_work(marks, gradings.shelf.get(tip), folder)
    if face == "good" and gradings.total(marks) < 100:
        print(f"{tip} good {gradings.total(marks)}: {gradings.first_look(marks)}", flush=True)
    return gradings.total(marks)


def once(row, folders, lock):
    """Both twins of a tip, once; into its row."""
    tip, timed = row["tip"], row["good_graded"] % TIMED_EVERY == 0
    with lock:  # the folders are for one at a time
        good = points_of(tip, "good", folders[tip, "good"], timed)
        bad = points_of(tip, "bad", folders[tip, "bad"], timed)
    row["good_graded"] += 1
    row["good_timed"] += timed
    row["good_below_100"] += good < 100
    row["good_failed"] += good < gradings.PASS_MARK
    row["bad_graded"] += 1
    row["bad_passed"] += bad >= gradings.PASS_MARK
    row["bad_most"] = max(row["bad_most"], bad)


def main(rounds, tips):
    rows = read()
    todo = [rows[t] for t in tips or rows]
    folders = {}
    try:
        for row in todo:
            gradings.check_tip(row["tip"])
            for face in ("good", "bad"):
                folders[row["tip"], face] = prepare(row["tip"], face)
        locks = {row["tip"]: Lock() for row in todo}
        jobs = [row for number in range(rounds) for row in todo if row["good_graded"] <= number]
        with ThreadPoolExecutor(3 * os.cpu_count()) as several:
            try:
                grading = several.map(lambda row: once(row, folders, locks[row["tip"]]), jobs)
                for done, _ in enumerate(grading, 1):
                    write(rows)
                    if done % len(todo) == 0:
                        print(f"at least {min(r['good_graded'] for r in todo)} of {rounds} rounds", flush=True)
            except BaseException:
                several.shutdown(cancel_futures=True)
                raise
    finally:
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)
        gradings.shelf.clear()


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1].isdigit():
        sys.exit("twinbench: fairness.py ROUNDS [TIP ...]")
    try:
        main(int(sys.argv[1]), sys.argv[2:])
    except KeyError as e:
        sys.exit(f"twinbench: fairness: there is no tip {e}")
    except (gradings.Broken, gradings.Unfit, gradings.NotNow, gradings.fence.NoFence) as e:
        sys.exit(f"twinbench: fairness: {e}")
