# SPDX-License-Identifier: MIT
"""fairness.py - grade again and again what must have its points, and what must not, and count.

    make fairness ROUNDS=100 [TIP=family/tip] [J=4]

That is each good and each bad twin, and each file of tests/grade/honest with the points that its list
says.  The programs are built once a run; every grading has numbers of its own, and three times as many files
are graded at a time as there are cores (J= says otherwise), so that they are in each other's way.  The clock
takes longest, so it takes part in every tenth round only.

notebooks/FAIRNESS.csv says what was found so far, a line a file: how often it was graded, how often it was
beyond what it must have - the column `missed`, which should read 0 - and the fewest and most points it
got.  A file that has its rounds there already, with the text and the points that it has now, is left alone,
so the same command goes on where it was; to begin anew, remove the file."""

import argparse
import csv
import hashlib
import io
import os
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "bench/python"))
import broken_pipe
import build
import fence
import gradings
import kept
import reports

OUT = Path(os.environ.get("FAIRNESS_CSV", build.ROOT / "notebooks/FAIRNESS.csv"))
HONEST = build.ROOT / "tests/grade/honest"
TIMED_EVERY = 10
COLUMNS = ["tip", "file", "text", "must_least", "must_most", "graded", "timed", "missed", "least", "most"]
COUNTED = COLUMNS[5:]


@dataclass
class File:
    tip: str
    path: Path
    timed: bool  # only the clock tells what it must have
    row: dict
    folder: Path = None  # of its programs
    unfit: list = None   # its marks, if it does not get as far as running

    def __post_init__(self):
        self.lock = Lock()  # its programs are for one at a time


def everything():
    """[(tip, path, least, most, whether the clock alone tells)]"""
    for tip in build.every_tip():
        yield tip, build.ROOT / "patterns" / tip / "good.c", 100, 100, False
        yield tip, build.ROOT / "patterns" / tip / "bad.c", 0, gradings.PASS_MARK - 1, False
    for line in (HONEST / "cases.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, how, tip, least, most, _ = line.split("\t")
            yield tip, HONEST / f"{name}.c", int(least), int(most), how == "timed"


def read():
    """[File], with what was counted of each that is still the same."""
    known = {}
    if OUT.exists():
        with open(OUT, newline="") as f:
            known = {tuple(row.get(c) for c in COLUMNS[:5]): row for row in csv.DictReader(f)}
    files = []
    for tip, path, least, most, timed in everything():
        text = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        same = [tip, str(path.relative_to(build.ROOT)), text, str(least), str(most)]
        before = known.get(tuple(same), {})
        counted = {c: int(before.get(c, 100 if c == "least" else 0)) for c in COUNTED}
        files.append(File(tip, path, timed, dict(zip(COLUMNS[:5], same)) | counted))
    return files


def write(files):
    text = io.StringIO()
    out = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    out.writeheader()
    out.writerows(f.row for f in files if f.row["graded"])
    kept.write(OUT, text.getvalue().encode())


def prepare(file):
    """A folder with the programs that a grading of it takes."""
    reference, file.folder = gradings.shelf.get(file.tip), gradings.private_folder()
    path = file.folder / "student.c"
    path.write_bytes(file.path.read_bytes())
    path.chmod(0o644)
    try:
        build.build_student(file.tip, path, file.folder, reference.folder)
    except gradings.Unfit as e:
        file.unfit = gradings.refused(e)
    reference.lend(file.folder)
    reports.script(file.folder)


def marks_of(file, timed):
    if file.unfit:
        return file.unfit
    seed = secrets.randbelow(1 << 62)
    marks = gradings.take_back(gradings.decide(file.tip, file.folder, seed, None, *([] if timed else ["--untimed"])))
    return gradings.see_work(marks, gradings.shelf.get(file.tip), file.folder)


def once(file):
    """Graded once more, and counted."""
    row = file.row
    with file.lock:
        timed = file.timed or row["graded"] % TIMED_EVERY == 0
        try:
            if not file.folder:
                prepare(file)
            marks = marks_of(file, timed)
        except gradings.NotNow as e:
            return print(f"{row['file']}: not judged now: {e}", flush=True)
        points = gradings.total(marks)
        missed = not int(row["must_least"]) <= points <= int(row["must_most"])
        row.update(graded=row["graded"] + 1, timed=row["timed"] + timed, missed=row["missed"] + missed,
                   least=min(row["least"], points), most=max(row["most"], points))
    if missed:
        print(f"{row['tip']} {row['file']} {points}: {gradings.first_look(marks)}", flush=True)


def main(rounds, tip, at_a_time):
    files = read()
    todo = [f for f in files if tip in (None, f.tip)]
    if not todo:
        raise gradings.Broken(f"there is no tip {gradings.printable(tip)}")
    fence.check()
    jobs = [f for number in range(rounds) for f in todo if f.row["graded"] <= number]
    try:
        with ThreadPoolExecutor(at_a_time) as several:
            try:
                for done, _ in enumerate(several.map(once, jobs), 1):
                    write(files)
                    if done % 100 == 0:
                        print(f"{done} of {len(jobs)} gradings", flush=True)
            except BaseException:
                several.shutdown(cancel_futures=True)
                raise
    finally:
        write(files)
        for file in files:
            if file.folder:
                fence.discard(file.folder)
        gradings.shelf.clear()
    missed = [f.row["file"] for f in todo if f.row["missed"]]
    print(f"{sum(f.row['graded'] for f in todo)} gradings of {len(todo)} files; "
          + (f"beyond what they must have: {', '.join(missed)}" if missed else "each as it must be"))
    return 1 if missed else 0


def words():
    args = argparse.ArgumentParser(prog="fairness", description="Grade what must have its points, again and again.")
    args.add_argument("rounds", type=int)
    args.add_argument("tip", nargs="?")
    args.add_argument("-j", type=int, default=3 * os.cpu_count(), metavar="N", help="so many gradings at a time")
    return args.parse_args()


if __name__ == "__main__":
    broken_pipe.end_quietly()
    given = words()
    try:
        status = main(given.rounds, given.tip, max(1, given.j))
    except (gradings.Broken, gradings.NotNow, fence.NoFence) as e:
        status = f"twinbench: fairness: {e}"
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
