#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""handin.py FORMAT - what is graded here, in the forms of those who collect it (notebooks/HANDIN.md).

    handin.py gradescope TIP             an autograder's archive
    handin.py classroom TIP              the files to add to a GitHub Classroom template
    handin.py nbgrader TIP               an assignment, as a notebook
    handin.py moodle DIR [--roster F]    DIR/gradebook.csv as a table that Moodle imports
    handin.py canvas DIR [--roster F]    the same for Canvas

A roster is a table with the columns folder, name, id, email, login and section, or some of them:
it says who the student of a folder is.  Without one the folder's name is the address or login."""

import argparse
import csv
import io
import json
import os
import sys
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "bench/python"), str(HERE.parent / "grader")]

import broken_pipe
from bundle import PARTS, every_tip, tree
from pages import ROOT
from stored import Trouble

MOST_POINTS = 100
MEAN = "mean"


def check_tip(tip):
    if tip not in every_tip():
        raise Trouble(f"there is no tip {tip!a}; `build/twinbench list --names` has them all")


def write_whole(path, data):
    """Beside its place, and renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    os.replace(beside, path)
    print(path)


# --- what grades somewhere else

def gradescope(tip, out):
    """setup.sh and run_autograder at the root, the project below them."""
    check_tip(tip)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        def add(name, text, executable):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)

        for name in ("setup.sh", "run_autograder"):
            add(name, (HERE / "handin" / name).read_bytes(), True)
        add("tip", tip + "\n", False)
        for path in tree(ROOT, PARTS):
            add(f"twinbench/{path.as_posix()}", (ROOT / path).read_bytes(), os.access(ROOT / path, os.X_OK))
    write_whole(out / f"gradescope-{tip.replace('/', '-')}.zip", data.getvalue())


def classroom(tip, out):
    """Laid over the students' archive, they make the template."""
    check_tip(tip)
    folder = out / f"classroom-{tip.replace('/', '-')}"
    workflow = (HERE / "handin/classroom.yml").read_text("utf-8").replace("@TIP@", tip)
    write_whole(folder / ".github/workflows/classroom.yml", workflow.encode())
    write_whole(folder / "notebooks/gate.py", (HERE / "handin/gate.py").read_bytes())
    write_whole(folder / "student.c", (ROOT / "patterns" / tip / "bad.c").read_bytes())


GRADE_CELL = """import json, os, subprocess, tempfile
project = os.environ.get("TWINBENCH", "/srv/twinbench")
with tempfile.TemporaryDirectory() as place:
    said = os.path.join(place, "results.json")
    subprocess.run(["make", "-s", "-C", project, "grade", "TIP={tip}", "SRC=" + os.path.abspath("student.c"), "JSON=" + said], check=False)
    with open(said, encoding="utf-8") as f:
        result = json.load(f)
assert result["score"] > 0, result["output"]  # nbgrader would take the value 0 for all points
print(result["output"])
result["score"]"""


def nbgrader(tip, out):
    """A cell that writes student.c, and a locked one worth 100 points, whose last value nbgrader takes as its score."""
    check_tip(tip)
    name = tip.replace("/", "-")
    bad = (ROOT / "patterns" / tip / "bad.c").read_text("utf-8")
    meta = {"schema_version": 3, "grade": True, "locked": True, "solution": False, "task": False, "grade_id": name, "points": MOST_POINTS}
    cells = [{"cell_type": "markdown", "id": "task", "metadata": {}, "source": f"# {tip}\n\nMend the program, run the cell, and hand in."},
             {"cell_type": "code", "id": "student", "metadata": {}, "source": "%%writefile student.c\n" + bad, "outputs": [], "execution_count": None},
             {"cell_type": "code", "id": "grade", "metadata": {"nbgrader": meta}, "source": GRADE_CELL.format(tip=tip), "outputs": [],
              "execution_count": None}]
    book = {"nbformat": 4, "nbformat_minor": 5, "cells": cells,
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}}
    write_whole(out / f"nbgrader/source/{name}/{name}.ipynb", (json.dumps(book, indent=1) + "\n").encode())


# --- tables of points

def table(path):
    """[row]; a table that somebody saved in Latin-1 is read, too."""
    try:
        data = path.read_bytes()
    except OSError as e:
        raise Trouble(f"{str(path)!a}: {e.strerror}" + ("; `make grade-all DIR=...` makes it" if path.name == "gradebook.csv" else ""))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def points(cell):
    """A number, or nothing where none is known: nobody has 0 points for what could not be told."""
    try:
        return f"{float(cell):g}"
    except (TypeError, ValueError):
        return ""


def class_of(folder, roster):
    """([tip], [(who, {tip: points})]); who: his row of the roster, spelled for a table, as his name in the gradebook is
    already."""
    from classroom import cell

    rows = table(folder / "gradebook.csv")
    if not rows:
        raise Trouble(f"{str(folder)!a}/gradebook.csv has no student")
    if "student" not in rows[0]:
        raise Trouble(f"{str(folder)!a}/gradebook.csv has no column named student; `make grade-all DIR=...` makes it")
    known = {cell(r.get("folder") or ""): {k: cell(v or "") for k, v in r.items() if k} for r in table(roster)} if roster else {}
    tips = [t for t in rows[0] if t not in ("student", None)]
    unknown = [r["student"] for r in rows if roster and r["student"] not in known]
    if unknown:
        print(f"twinbench: handin: {len(unknown)} not in the roster, the first is {unknown[0]!a}", file=sys.stderr)
    return tips, [(known.get(r["student"], {}) | {"folder": r["student"]}, {t: points(r[t]) for t in tips}) for r in rows]


def write_table(path, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    write_whole(path, text.getvalue().encode(errors="backslashreplace"))


def moodle(folder, out, roster):
    """Its import asks which column says who: the address or the number; every other is a grade item."""
    tips, found = class_of(folder, roster)
    head = ["Email address", "ID number", *tips]
    write_table(out / "moodle.csv", [head] + [[who.get("email") or who["folder"], who.get("id", ""), *(of[t] for t in tips)] for who, of in found])


def canvas(folder, out, roster):
    """Its import knows the student by ID, or else by SIS login; the second row has the points that can be had."""
    tips, found = class_of(folder, roster)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    rows = [head + tips, ["    Points Possible", "", "", "", ""] + [str(MOST_POINTS)] * len(tips)]
    rows += [[who.get("name") or who["folder"], "", who.get("id", ""), who.get("login") or who["folder"], who.get("section", ""),
              *(of[t] for t in tips)] for who, of in found]
    write_table(out / "canvas.csv", rows)


FOR_A_TIP = {"gradescope": gradescope, "classroom": classroom, "nbgrader": nbgrader}
FOR_A_CLASS = {"moodle": moodle, "canvas": canvas}


def main():
    parser = argparse.ArgumentParser(description="Hand-ins and points, in the forms of others.")
    parser.add_argument("format", help=", ".join([*FOR_A_TIP, *FOR_A_CLASS]))
    parser.add_argument("what", help="a tip, or the folder of a class")
    parser.add_argument("--roster", type=Path, help="who the students are")
    parser.add_argument("--out", type=Path, default=Path("results/handin"))
    args = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        if args.format in FOR_A_TIP:
            FOR_A_TIP[args.format](args.what, args.out)
        elif args.format not in FOR_A_CLASS:
            raise Trouble(f"there is no format {args.format!a}; there are {', '.join([*FOR_A_TIP, *FOR_A_CLASS])}")
        else:
            FOR_A_CLASS[args.format](Path(args.what), args.out, args.roster)
    except Trouble as e:
        sys.exit(f"twinbench: handin: {e}")
    except OSError as e:
        sys.exit(f"twinbench: handin: {e.filename or args.out}: {e.strerror}")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
