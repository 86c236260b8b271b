# SPDX-License-Identifier: MIT
"""lab.py - what the notebooks call, in the order of a lesson:

    lab.read("leaks/abandoned-sender")                          the twin with the mistake
    lab.predict("leaks/abandoned-sender", tasks=("grows", "flat"))
    lab.run("leaks/abandoned-sender")                           half a minute
    lab.show("leaks/abandoned-sender")                          found, beside predicted; the chart
    lab.fix("leaks/abandoned-sender")                           a copy to mend
    lab.hint("leaks/abandoned-sender")                          one more each time, three in all
    lab.grade("leaks/abandoned-sender")                         points, and why
    lab.diff("leaks/abandoned-sender")                          afterwards: what the tip changes
    lab.progress("leaks")                                       which lessons are done

The module asks: the Makefile measures and grades, the harness decides, and plots/ draws.  No
verdict is computed here; a prediction is only set beside what was found."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plots"))
sys.dont_write_bytecode = True

import report_page
import sentences
from chart import WIDE
from run import Run
from stored import Trouble, load
from words import quantity

from IPython.display import HTML, Image, display

BUILD = os.environ.get("B", "build")
PROGRAM = ROOT / BUILD / "twinbench"
RESULTS = Path(os.environ.get("LAB_RESULTS", ROOT / "results/lab"))  # a run of the suite stays the latest
LABS = Path(os.environ.get("LAB_FILES", ROOT / "notebooks/labs"))  # what a student writes
HINTS = ROOT / "notebooks/hints.md"
PASSED = 60
SERVER = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
EDITORS = (("Notebook", "edit/"), ("JupyterLab", "lab/tree/"))  # under SERVER: a relative link would open the raw text

SHAPES = ("grows", "flat", "falls", "?")
OUTCOMES = ("ok", "stuck", "panics", "wrong", "dies", "?")
TIMES = ("slower", "same", "faster", "?")  # bad against good
PAINT = """<style>
.lab-code { font: 13px/1.5 monospace; white-space: pre-wrap; border-left: 4px solid #9aa3ad; padding: 4px 12px; }
.lab-code .k, .lab-code .kt { color: #6b3fa0; } .lab-code .c1, .lab-code .cm { color: #5a6470; font-style: italic; }
.lab-code .bad { background: #fdf0e3; } .lab-code .good { background: #e6f0fb; }
.lab td, .lab th { text-align: left !important; padding: 4px 16px 4px 0; vertical-align: top; }
</style>"""

predictions = {}  # {tip: {column: (bad, good)}}
measured = set()


class NotYet(Exception):
    """Steps in the wrong order, or a name that does not exist; one line for the reader."""

    def _render_traceback_(self):
        return [f"lab: {self}"]


def tell(html):
    display(HTML(PAINT + html))


def code(tip, face):
    path = ROOT / "patterns" / tip / face
    if not path.exists():
        raise NotYet(f"patterns/{tip}/{face} does not exist; is the tip's name right?")
    return "\n".join(html for _, html in report_page.code_lines(path))


def read(tip, face="bad.c"):
    """Show one file of a tip."""
    tell(f'<div class="lab-code">{code(tip, face)}</div>')


def answers_for(column):
    return OUTCOMES if column == "outcome" else SHAPES


def check_prediction(column, said):
    if column == "time":
        if said not in TIMES:
            raise NotYet(f"time={said!r}: bad against good is one of {', '.join(TIMES)}")
    elif len(said) != 2 or not set(said) <= set(answers_for(column)):
        raise NotYet(f"{column}={said!r}: say what bad does and what good does, each one of "
                     f"{', '.join(answers_for(column))}")


def predict(tip, **columns):
    """Commit what each twin will do: column=(bad, good), each "grows", "flat", "falls";
    outcome=(bad, good), each "ok", "stuck", "panics", "wrong" or "dies"; time="slower",
    "same" or "faster", bad against good; "?" for no opinion.  Afterwards does not count."""
    if tip in measured:
        raise NotYet(f"{tip} has been run already; a prediction comes before. Restart the kernel to begin again.")
    for column, said in columns.items():
        check_prediction(column, said)
    predictions[tip] = columns
    print("Noted:", "; ".join(f"{c}: {spoken(s)}" for c, s in columns.items()) or "no opinion")


def spoken(said):
    return said if isinstance(said, str) else f"bad {said[0]}, good {said[1]}"


def call(*words, may_fail=lambda: False):
    """Run a program in the project's folder; its last words if it fails, unless that is
    expected.  Not as a part of a make that runs us: its options are not meant for this one."""
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run([str(w) for w in words], cwd=ROOT, env=env, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode and not may_fail():
        raise NotYet(f"`{' '.join(map(str, words))}` failed:\n{done.stdout[-2000:]}")
    return done.stdout


def build(*targets):
    call("make", "--no-print-directory", "-f", "Makefile", "-f", "notebooks/lab.mk", f"B={BUILD}", *targets)


def run(tip):
    """Measure both twins: about half a minute."""
    if tip not in predictions:
        raise NotYet(f"predict first: lab.predict({tip!r}, tasks=(\"?\", \"?\"))")
    build("all")
    RESULTS.mkdir(parents=True, exist_ok=True)
    call(PROGRAM, "bench", "--quick", "--tip", tip, "--results", RESULTS)
    measured.add(tip)
    print("Measured. Now look: lab.show(...)")


def last_run():
    if not (RESULTS / "latest/samples.csv").exists():
        raise NotYet("there is no run yet: lab.run(...)")
    try:
        return Run(RESULTS / "latest", PROGRAM)
    except Trouble as e:
        raise NotYet(str(e)) from None


def found_tip(run_found, name):
    for tip in run_found.tips:
        if tip.name == name:
            return tip
    raise NotYet(f"{name} is not in the last run: lab.run({name!r})")


def answers(v, claim, margin):
    """What was found about a claim, in the words of a prediction; "" where the run has not decided it."""
    if v["verdict"] == "unsure":
        return "", ""
    if v["column"] == "outcome":
        return v["bad"].lower(), v["good"].lower()
    if v["column"] != "time":
        return tuple(claim.get(t, "").lower() if v["verdict"] == "holds" else "" for t in ("bad", "good"))
    lo, hi = v["lo"] or 0, v["hi"] or 0
    return ("slower" if lo > 1 + margin else "faster" if 0 < hi < 1 / (1 + margin) else "same" if hi else "",)


def said_of(tip, v, margin):
    """What was predicted of a claim, each part marked right or wrong where the run decided it."""
    said = predictions.get(tip.name, {}).get(v["column"], "?")
    parts = (said,) if isinstance(said, str) else said
    if set(parts) == {"?"}:
        return "no prediction"
    told = [f"{mine}{' ✓' if mine == found else ' ✗'}" if mine != "?" and found in SHAPES + OUTCOMES + TIMES else mine
            for mine, found in zip(parts, answers(v, tip.claim(v), margin))]
    return told[0] if isinstance(said, str) else f"bad {told[0]}, good {told[1]}"


def show(name):
    """What was found, beside what was predicted, right ✓ or wrong ✗; then the chart."""
    run_found = last_run()
    tip = found_tip(run_found, name)
    lines = "".join(
        f"<tr><td>{escape(sentences.plain(v['column']))}</td><td>{said_of(tip, v, run_found.margin)}</td>"
        f"<td>{escape(sentences.claimed(tip.claim(v)))}</td><td>{escape(sentences.found(v))}</td>"
        f"<td><b>{sentences.verdict_word(v)}</b></td></tr>"
        for v in tip.verdicts if v["lang"] == "c")
    tell("<table class='lab'><tr><th>column</th><th>you said</th><th>the tip claims</th><th>the run found</th>"
         f"<th>the claim</th></tr>{lines}</table>")
    display(Image(filename=RESULTS / "latest/charts" / f"{tip.slug}.png", width=WIDE, alt=sentences.sentence(tip)))


def diff(tip, lang="c"):
    """What the tip changes: bad's lines, then good's, in place."""
    lines = report_page.diff(tip, lang)
    if not lines:
        raise NotYet(f"patterns/{tip} has no bad.{lang}")
    marks = {"bad": "-", "good": "+"}
    tell('<div class="lab-code">' + "\n".join(
        f'<span class="{kind}">{marks.get(kind, " ")} {html}</span>' for kind, html in lines) + "</div>")


# --- fix, and be graded ---------------------------------------------------------------


def student_file(tip):
    return LABS / tip / "student.c"


def fix(tip, again=False):
    """Make a copy of the bad twin to mend, unless there is one (again: throw it away)."""
    mine = student_file(tip)
    if again or not mine.exists():
        bad = ROOT / "patterns" / tip / "bad.c"
        if not bad.exists():
            raise NotYet(f"{tip} is no tip; is its name right?")
        mine.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bad, mine)
    shown = mine.relative_to(ROOT) if mine.is_relative_to(ROOT) else mine
    served = mine.is_relative_to(ROOT / "notebooks") and mine.relative_to(ROOT / "notebooks").as_posix()
    links = " or ".join(f'<a href="{SERVER}{editor}{quote(served)}" target="_blank">in {name}</a>'
                        for name, editor in EDITORS) if served else "in an editor"
    tell(f"Mend <code>{escape(str(shown))}</code> {links}, save it, and come back.")


def hints_of(tip):
    """The hints of a tip, the faintest first (notebooks/hints.md)."""
    part = re.search(rf"^## {re.escape(tip)}\n(.*?)(?=^## |\Z)", HINTS.read_text(), re.S | re.M)
    return re.findall(r"^\d\. (.*?)(?=^\d\. |\Z)", part[1], re.S | re.M) if part else []


hinted = {}  # {tip: how many hints were given}


def hint(tip):
    """The next hint; after the last one, all of them again."""
    hints = hints_of(tip)
    if not hints:
        raise NotYet(f"there are no hints for {tip}")
    n = hinted[tip] = min(hinted.get(tip, 0) + 1, len(hints))
    for k, text in enumerate(hints[:n], 1):
        print(f"{k} of {len(hints)}:", " ".join(text.split()))


def grade(tip):
    """Have the file of fix() graded: 40 points for the answers, 40 for the counts, 20 for
    the time; about a quarter of a minute."""
    if not student_file(tip).exists():
        raise NotYet(f"there is nothing to grade yet: lab.fix({tip!r})")
    said = RESULTS / "grade.json"
    RESULTS.mkdir(parents=True, exist_ok=True)
    said.unlink(missing_ok=True)
    call("make", "--no-print-directory", f"B={BUILD}", "grade", f"TIP={tip}", f"SRC={student_file(tip)}",
         f"JSON={said}", may_fail=said.exists)
    show_grade(tip, json.loads(said.read_text()))


def points_of(gate):
    return f"{gate['score']:g} of {gate['max_score']:g}" if "score" in gate else ""


def show_grade(tip, said):
    lines = "".join(f"<tr><td>{escape(t['name'])}</td><td>{points_of(t)}</td>"
                    f"<td>{escape(t.get('output', ''))}</td></tr>" for t in said["tests"])
    tell(f"<table class='lab'>{lines}<tr><td><b>together</b></td><td><b>{said['score']:g} of 100</b></td>"
         f"<td>{escape(said.get('output', ''))}</td></tr></table>")
    points = all_points()
    points[tip] = max(said["score"], points.get(tip, 0))
    (RESULTS / "points.json").write_text(json.dumps(points, indent=1))


def all_points():
    """{tip: the best grade so far}; it outlives the kernel."""
    return {tip: points for tip, points in load(RESULTS / "points.json").items() if isinstance(points, (int, float))}


def progress(*lessons):
    """Which of these lessons are done: passed is done."""
    points = all_points()
    done = [t for t in lessons if points.get(t, 0) >= PASSED]
    print(f"done {len(done)} of {len(lessons)}")
    for t in lessons:
        print(f"  {'x' if t in done else ' '} {t:32}", f"{points[t]:g} of 100" if t in points else "not graded yet")


def one_process(tip, *twins, ops=16, clients=4):
    """The resident memory that each twin seems to gain if all of them run in one
    process, in this order: the wrong way to measure."""
    build(f"{BUILD}/notebooks/order")
    said = call(ROOT / BUILD / "notebooks/order", tip, ops, clients, *twins)
    gained = [line.split() for line in said.splitlines()]
    print(f"{', then '.join(twins):16}", "   ".join(f"{t} +{quantity(float(b), 'B')}" for t, b in gained))
    return [(t, float(b)) for t, b in gained]
