#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""notebooks.t - the notebooks run from top to bottom, as they are given to a class.

The predictions in them are open ("?") and the files to mend are not mended, so this also
proves that an unsolved notebook does not fail.  What the cells print is looked at here; the
notebooks in the tree stay without output.

A lesson takes half a minute, so only the first notebook is run; of the others the
lessons are held against the tips.  With LAB_ALL=1 (`make lab-check`) all are run."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest.mock
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
folder = tempfile.TemporaryDirectory()
os.environ["LAB_RESULTS"] = folder.name
os.environ["LAB_FILES"] = folder.name + "/labs"
sys.path.insert(0, str(ROOT / "notebooks"))
import lab
import lesson
import lessons
import predictions
import sentences

sys.path.insert(0, str(ROOT / "tests/lib"))
from typed import Typed

if not os.environ.get("LAB_ALL"):
    os.environ.setdefault("TWIN_BATCH_US", "500")  # the first notebook shows no time

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def said_by(cells):
    """Everything the cells showed, as text."""
    parts = []
    for cell in cells:
        for o in cell.get("outputs", []):
            parts += [o.get("text", "")]
            parts += [f"{kind}: {v}" for kind, v in o.get("data", {}).items()]
    return "\n".join(parts)


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3",
                   resources={"metadata": {"path": str(path.parent)}}).execute()
    return said_by(notebook.cells)


def gained(said, order):
    """{twin: bytes} from the line of one_process() for that order."""
    line = next(l for l in said.splitlines() if l.startswith(order + " ") and "+" in l)
    units = {"B": 1, "KiB": 1024, "MiB": 1024 ** 2}
    words = line[len(order):].replace("+", "").split()
    return {t: float(v) * units[u] for t, v, u in zip(words[::3], words[1::3], words[2::3])}


def start(said):
    """What 00-start promises to show."""
    first, second = gained(said, "bad, then good"), gained(said, "good, then bad")
    yield "bad gains less when it runs second", second["bad"] < first["bad"], (first, second)
    yield "run second, bad seems to need less than good", second["bad"] < second["good"], second
    yield "the chart is shown", "image/png: iVBOR" in said, ""
    yield "an open prediction is said to be none", "no prediction" in said, ""
    yield "the claim about tasks came out as expected", "bad leaves 1 task a request; good none" in said and "<b>as expected</b>" in said, said[-2000:]


STEPS = ("read", "predict", "run", "show", "fix", "watch", "hint", "grade", "compare")
FEWEST_LESSONS = 16


def lessons_of(notebook):
    """{tip: the code of its lesson}, in order; the first cell names them all."""
    code = [c.source for c in notebook.cells if c.cell_type == "code"]
    named = re.findall(r'"([\w-]+/[\w-]+)"', code[0])
    parts = re.split(r'^TIP = "(.*)"$', "\n".join(code), flags=re.M)[1:]
    return named, dict(zip(parts[::2], parts[1::2]))


def unsolved(said):
    """What a family's notebook shows when nothing was mended."""
    points = [float(p) for p in re.findall(r"<b>([\d.]+) of 100</b>", said)]
    yield "every lesson is graded", len(points) >= 2, said[-3000:]
    yield "the twin with the mistake does not pass", max(points, default=100) < 60, points
    yield "no lesson is done", re.search(r"done 0 of \d", said) and not re.search(r"done [1-9]", said), said[:200]
    yield "the good twin is not shown", "shown here when yours has passed" in said, ""
    rows = re.findall(r"<tr><td>.*?</tr>", said)
    astray = [r for r in rows if "<b>not " in r]
    astray = [r for r in astray if not re.search("^<tr><td>time</td>.*<b>not decided</b>", r)]  # on a busy machine
    yield "each claim came out as expected", rows and not astray, astray or "no claim is shown"


def well_made(path, tips):
    """A lesson is about a tip, predicts what the tip claims, and has three hints."""
    named, lessons = lessons_of(nbformat.read(path, as_version=4))
    yield "has at least two lessons", len(lessons) >= 2 and named == list(lessons), lessons.keys()
    for tip, code in lessons.items():
        missing = [s for s in STEPS if f"lab.{s}(" not in code]
        yield f"{tip} has every step", tip in tips and not missing, missing
        columns = set(re.findall(r"^    (\w+)=", code, re.M))
        claimed = {c["column"] for c in tips[tip]["claims"]}
        yield f"{tip} asks for what the tip claims", columns and columns <= claimed, (columns, claimed)
        yield f"{tip} has three hints", len(lab.hints_of(tip)) == 3, ""


class Invented:
    """A tip of which bad grows, and good does not."""
    name = "invented/tip"
    column = staticmethod(lambda name: {"text": f"what {name} counts"})

    @staticmethod
    def claim(v):
        return {"column": v["column"], "bad": "GROWS", "good": "FLAT"}


def marks():
    """A prediction is marked right or wrong, and not at all where nothing was decided."""
    verdict = {"lo": None, "hi": None, "bad": "", "good": "", "verdict": "holds"}
    lab.predictions[Invented.name] = {"tasks": ("grows", "grows"), "time": "same", "outcome": ("?", "ok")}
    for said, v in (("bad grows ✓, good grows ✗", {"column": "tasks"}), ("bad grows, good grows", {"column": "tasks", "verdict": "unsure"}),
                    ("same ✗", {"column": "time", "lo": 1.2, "hi": 1.3}), ("same ✓", {"column": "time", "lo": 0.95, "hi": 1.05}),
                    ("same", {"column": "time", "lo": 1.2, "hi": 1.3, "verdict": "unsure"}),
                    ("bad ?, good ok ✓", {"column": "outcome", "bad": "STUCK", "good": "OK"}), ("no prediction", {"column": "leaked"})):
        found, taught = lab.said_of(Invented, verdict | v, 0.1), predictions.taught(Invented, verdict | v, said, 0.1)
        yield f"a prediction is shown as: {said}", found == said, found
        yield f"of which {'something' if '✗' in said else 'nothing'} is taught", bool(taught.partition(": ")[2]) == ("✗" in said), taught


def enough_lessons(tips):
    every = [l.tip for l in lessons.lessons()]
    families = {tip.partition("/")[0] for tip in tips}
    few = [f for f in families if sum(tip.startswith(f"{f}/") for tip in every) < 2]
    yield f"there are {FEWEST_LESSONS} lessons or more", len(every) >= FEWEST_LESSONS, every
    yield "each family has two or more", families and not few, few


def steps_of_a_student():
    """Hints, the good twin and the next lesson, as a student comes upon them; nothing is graded here."""
    tip, after = (l.tip for l in lessons.lessons()[:2])
    mine = lessons.make_file(tip)

    def said(call):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), unittest.mock.patch.object(lab, "tell", lambda html: print(html)):
            call(tip)
        return out.getvalue()
    for n in (1, 2, 3):
        yield f"hint {n} comes at call {n}", said(lab.hint).splitlines()[-1].startswith(f"{n} of 4: "), ""
    yield "the solution comes after a try, and not before", "after a try" in said(lab.hint), ""
    lessons.keep_points(tip, 40)
    yield "to grade the bad twin is no try", "after a try" in said(lab.hint), ""
    mine.write_text(mine.read_text() + "\n")
    for _ in range(2):
        yield "the solution comes after a try, and is the last", "4 of 4, the solution" in said(lab.hint), ""
    for call in (lab.compare, lab.diff):
        yield f"{call.__name__}() shows no good twin before one has passed", "when yours has passed" in said(call), ""
    yield "the next lesson is this one", lessons.following().tip == tip, lessons.following()
    lessons.keep_points(tip, 80)
    lessons.keep_points(tip, 10)
    yield "the best points stay", lessons.points() == {tip: 80}, lessons.points()
    yield "the good twin is shown beside one that has passed", "the good twin</b>" in said(lab.compare), said(lab.compare)
    yield "the lesson after it is the next one", lessons.following(tip).tip == after and f"({after})" in lab.what_next(tip), lab.what_next(tip)
    lab.hinted.clear()
    with unittest.mock.patch.object(lessons, "has_good", lambda tip: False):  # in the students' archive
        for call in (lab.compare, lab.diff):
            yield f"{call.__name__}() says who has the good twin", said(call) == lessons.NO_GOOD + "\n", said(call)
        yield "the last hint is no solution then", [said(lab.hint) for _ in range(4)][-1].splitlines()[-1].startswith("3 of 3: "), ""
    (lessons.RESULTS / "points.json").unlink()
    mine.unlink()


def on_a_terminal(tips):
    """The questions of a lesson on 80 x 24, of the tips that leave least room for the twins' difference."""
    for tip, words, differs in (("leaks/worker-without-context", "People say", "+        if (chan_recv_timed"),
                                ("channels/timer-per-iteration", "People say", "+    timer_drop")):
        questions = lesson.questions_of(tips[tip]["claims"])
        with Typed(["/usr/bin/python3", str(ROOT / "notebooks/lesson.py"), tip], "\3", ROOT) as student:
            student.after("", r"bad +grows/flat/falls: ")
            said = student.after("x\n", r"no such answer; keys g fl fa or Enter: ")
            yield f"{tip}: a wrong key says which keys there are", said, ""
            for _ in questions[1:]:
                student.after("\n", r": $")
            screen = student.screen()
        together = all(any(part in line for line in screen) for part in (words, differs, sentences.plain(questions[-1][0])))
        yield f"{tip}: Control-C ends it with 130, as it ends others", student.status == 130, student.status
        yield f"{tip}: saying, difference and questions stand on one screen", together and len(screen) == 24, "\n".join(screen)
    for columns, rows in ((40, 2), (1, 50)):
        with Typed(["/usr/bin/python3", str(ROOT / "notebooks/lesson.py"), tip], "\3", ROOT, columns) as student:
            student.after("", r"bad +grows/flat/falls: ")
            said = student.after("x\n", r"no such answer; keys g fl fa or Enter: ")
        yield f"on {columns} columns a question is asked again in the place of its {rows} lines", said.count("\x1b[A\x1b[K") == rows, said
    with unittest.mock.patch.object(lesson, "WIDTH", 40), contextlib.redirect_stdout(io.StringIO()) as out:
        lesson.beside("you said", "that it grows in bad from 1 to 1,024")
    yield "what was found is broken between words", out.getvalue() == "you said      that it grows in bad from\n" + " " * 14 + "1 to 1,024\n", out.getvalue()


LOOKS = {"00-start": start}


def checks():
    listed = subprocess.run([ROOT / os.environ.get("B", "build") / "twinbench", "list", "--json"],
                            stdout=subprocess.PIPE, check=True).stdout
    tips = {t["name"]: t for t in json.loads(listed)["tips"]}
    yield from marks()
    yield from enough_lessons(tips)
    yield from steps_of_a_student()
    yield from on_a_terminal(tips)
    for path in NOTEBOOKS:
        kept = said_by(nbformat.read(path, as_version=4).cells)
        yield f"{path.name} is kept without output", not kept, kept[:200]
        if path.stem not in LOOKS:
            for name, good, seen in well_made(path, tips):
                yield f"{path.name}: {name}", good, seen
            if not os.environ.get("LAB_ALL"):
                continue
        try:
            said = execute(path)
        except Exception as e:
            yield f"{path.name} runs from top to bottom", False, str(e)[-1500:]
            continue
        yield f"{path.name} runs from top to bottom", True, ""
        for name, good, seen in LOOKS.get(path.stem, unsolved)(said):
            yield f"{path.name}: {name}", good, seen


def main():
    failed = n = 0
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    for n, (name, good, seen) in enumerate(checks(), 1):
        print(f"{'ok' if good else 'not ok'} {n} - {name}", flush=True)
        if not good:
            failed += 1
            print("".join(f"# {line}\n" for line in str(seen).splitlines()), flush=True)
    print(f"1..{n}")
    return 1 if failed or not n else 0


if __name__ == "__main__":
    sys.exit(main())
