# SPDX-License-Identifier: MIT
"""lessons.py - which lessons there are, and how far this student has come.

The notebooks are the list: a lesson is a cell that says TIP = "family/tip" in a notebook that grades.  Points
outlive the kernel and the terminal: lab.grade() and the watch write them, everybody reads them."""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
OWN = os.environ.get("TIPS")  # a folder of somebody's own tips; their names may be those of ours
TREE = ROOT / (OWN or "patterns")
sys.path[:0] = [str(ROOT / name) for name in ("plots", "bench/python")]
sys.dont_write_bytecode = True

from stored import load

RESULTS = Path(os.environ.get("LAB_RESULTS", (TREE if OWN else ROOT) / "results/lab"))  # a run of the suite stays the latest
LABS = Path(os.environ.get("LAB_FILES", TREE / "labs" if OWN else ROOT / "notebooks/labs"))  # what a student writes
HINTS = (TREE if OWN else ROOT / "notebooks") / "hints.md"
PASSED = 60


@dataclass(frozen=True)
class Lesson:
    tip: str
    heading: str   # in the notebook
    notebook: str  # file name

    @property
    def title(self):
        return re.sub(r"^Lesson \d+\. ", "", self.heading)

    @property
    def anchor(self):
        """What Jupyter calls the heading, in an address."""
        return quote(self.heading.replace(" ", "-"))


def code_of(notebook):
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]


def lessons_in(path):
    notebook = json.loads(path.read_text())
    if not any("lab.grade(" in code for code in code_of(notebook)):
        return
    heading = ""
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = (re.findall(r"^## (Lesson \d+\. .*)$", text, re.M) or [heading])[-1]
        for tip in re.findall(r'^TIP = "(.*)"$', text, re.M) if cell["cell_type"] == "code" else ():
            yield Lesson(tip, heading, path.name)


def lessons():
    """All of them, in the order of the notebooks, which are about our tips alone."""
    return [] if OWN else [lesson for path in sorted((ROOT / "notebooks").glob("*.ipynb")) for lesson in lessons_in(path)]


def make(goal, tip):
    """What is typed for a tip."""
    return f"make {goal}{f' TIPS={OWN}' if OWN else ''} TIP={tip}"


def student_file(tip):
    return LABS / tip / "student.c"


def make_file(tip, again=False):
    """A copy of the bad twin to mend, unless there is one (again: throw it away)."""
    mine, bad = student_file(tip), TREE / tip / "bad.c"
    if again or not mine.exists():
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_bytes(bad.read_bytes())
    return mine


def shown(path):
    """Its name, from the project's folder where it lies there."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


NO_GOOD = "The good twin's text is with your teacher."


def has_good(tip):
    """Not in the students' archive (teaching/bundle.py)."""
    return (TREE / tip / "good.c").exists()


def hints_of(tip):
    """The hints of a tip, the faintest first (notebooks/hints.md)."""
    part = re.search(rf"^## {re.escape(tip)}\n(.*?)(?=^## |\Z)", HINTS.read_text(), re.S | re.M) if HINTS.exists() else None
    return [" ".join(hint.split()) for hint in re.findall(r"^\d\. (.*?)(?=^\d\. |\Z)", part[1], re.S | re.M)] if part else []


# --- points -----------------------------------------------------------------------------------

def points():
    """{tip: the best grade so far}"""
    return {tip: n for tip, n in load(RESULTS / "points.json").items() if isinstance(n, (int, float))}


def keep_points(tip, score):
    RESULTS.mkdir(parents=True, exist_ok=True)
    all_points = points()
    all_points[tip] = max(score, all_points.get(tip, 0))
    beside = RESULTS / f"points.{os.getpid()}.new"
    beside.write_text(json.dumps(all_points, indent=1))
    beside.rename(RESULTS / "points.json")


def passed(tip, of=None):
    """of: points(), if they have been read."""
    return (points() if of is None else of).get(tip, 0) >= PASSED


def tried(tip, path=None):
    """Has a file that is not the bad twin as it was been graded?"""
    path = path or student_file(tip)
    return tip in points() and path.exists() and path.read_bytes() != (TREE / tip / "bad.c").read_bytes()


def following(tip="", of=None):
    """The next lesson that is not passed, after this one and then from the beginning; None when all are."""
    every, of = lessons(), points() if of is None else of
    at = next((i for i, lesson in enumerate(every, 1) if lesson.tip == tip), 0)
    return next((lesson for lesson in every[at:] + every[:at] if not passed(lesson.tip, of)), None)
