# SPDX-License-Identifier: MIT
"""lab.py - what the notebooks call: read(), predict(), run(), show(), one_process().

    lab.read("leaks/range-unclosed")
    lab.predict("leaks/range-unclosed", tasks=("grows", "flat"))
    lab.run("leaks/range-unclosed")
    lab.show("leaks/range-unclosed")

The module asks: the Makefile measures, the harness decides, and plots/ draws.  No
verdict is computed here; a prediction is only set beside what was found."""

import os
import subprocess
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plots"))
sys.dont_write_bytecode = True

import findings
import report
from page import WIDE
from run import Run
from words import quantity

from IPython.display import HTML, Image, display

BUILD = os.environ.get("B", "build")
PROGRAM = ROOT / BUILD / "twinbench"
RESULTS = Path(os.environ.get("LAB_RESULTS", ROOT / "results/lab"))  # a run of the suite stays the latest
SHAPES = ("grows", "flat", "falls", "?")
PAINT = """<style>
.lab-code { font: 13px/1.5 monospace; white-space: pre-wrap; border-left: 4px solid #9aa3ad; padding: 4px 12px; }
.lab-code .k, .lab-code .kt { color: #6b3fa0; } .lab-code .c1, .lab-code .cm { color: #5a6470; font-style: italic; }
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
    return "\n".join(html for _, html in report.code_lines(path))


def read(tip, face="bad.c"):
    """Show one file of a tip."""
    tell(f'<div class="lab-code">{code(tip, face)}</div>')


def predict(tip, **columns):
    """Commit what each twin will do: column=(bad, good), each "grows", "flat", "falls",
    or "?" for no opinion.  Afterwards does not count."""
    if tip in measured:
        raise NotYet(f"{tip} has been run already; a prediction comes before. Restart the kernel to begin again.")
    for column, said in columns.items():
        if len(said) != 2 or not set(said) <= set(SHAPES):
            raise NotYet(f"{column}={said!r}: say what bad does and what good does, each one of {', '.join(SHAPES)}")
    predictions[tip] = columns
    print("Noted:", "; ".join(f"{c}: bad {b}, good {g}" for c, (b, g) in columns.items()) or "no opinion")


def call(*words):
    """Run a program in the project's folder; its last words if it fails.  Not as a part of
    a make that runs us: its options are not meant for this one."""
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run([str(w) for w in words], cwd=ROOT, env=env, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise NotYet(f"`{' '.join(map(str, words))}` failed:\n{done.stdout[-2000:]}")
    return done.stdout


def build(*targets):
    call("make", "--no-print-directory", "-f", "Makefile", "-f", "notebooks/lab.mk", f"B={BUILD}", *targets)


def run(tip):
    """Measure both twins: about half a minute."""
    if tip not in predictions:
        raise NotYet(f"predict first: lab.predict({tip!r}, tasks=(\"?\", \"?\"))")
    build("all")
    call(PROGRAM, "bench", "--quick", "--tip", tip, "--results", RESULTS)
    measured.add(tip)
    print("Measured. Now look: lab.show(...)")


def last_run():
    if not (RESULTS / "latest/samples.csv").exists():
        raise NotYet("there is no run yet: lab.run(...)")
    return Run(RESULTS / "latest", PROGRAM)


def found_tip(run_found, name):
    for tip in run_found.tips:
        if tip.name == name:
            return tip
    raise NotYet(f"{name} is not in the last run: lab.run({name!r})")


def said_of(tip, column):
    bad, good = predictions.get(tip, {}).get(column, ("?", "?"))
    return "no prediction" if (bad, good) == ("?", "?") else f"bad {bad}, good {good}"


def show(name):
    """What was found, beside what was predicted; then the chart."""
    tip = found_tip(last_run(), name)
    lines = "".join(
        f"<tr><td>{escape(findings.plain(v['column']))}</td><td>{said_of(name, v['column'])}</td>"
        f"<td>{escape(findings.claimed(tip.claim(v)))}</td><td>{escape(findings.found(tip, v))}</td>"
        f"<td><b>{findings.verdict_word(v)}</b></td></tr>"
        for v in tip.verdicts if v["lang"] == "c")
    tell("<table class='lab'><tr><th>column</th><th>you said</th><th>the tip claims</th><th>the run found</th>"
         f"<th>the claim</th></tr>{lines}</table>")
    display(Image(filename=RESULTS / "latest/charts" / f"{tip.slug}.png", width=WIDE, alt=findings.sentence(tip)))


def one_process(tip, *twins, ops=16, clients=4):
    """The resident memory that each twin seems to gain if all of them run in one
    process, in this order: the wrong way to measure."""
    build(f"{BUILD}/notebooks/order")
    said = call(ROOT / BUILD / "notebooks/order", tip, ops, clients, *twins)
    gained = [line.split() for line in said.splitlines()]
    print(f"{', then '.join(twins):16}", "   ".join(f"{t} +{quantity(float(b), 'B')}" for t, b in gained))
    return [(t, float(b)) for t, b in gained]
