# SPDX-License-Identifier: MIT
"""lab.py - what the notebooks call, in the order of a lesson:

    lab.read("leaks/abandoned-sender")                          the twin with the mistake
    lab.predict("leaks/abandoned-sender", tasks=("grows", "flat"))
    lab.run("leaks/abandoned-sender")                           half a minute
    lab.show("leaks/abandoned-sender")                          found, beside predicted; the chart
    lab.fix("leaks/abandoned-sender")                           a copy to mend
    lab.watch("leaks/abandoned-sender")                         graded whenever you save it, but for the clock
    lab.hint("leaks/abandoned-sender")                          one more each time; after a try, the solution
    lab.grade("leaks/abandoned-sender")                         points, and why
    lab.compare("leaks/abandoned-sender")                       when passed: yours beside the good twin
    lab.progress()                                              which lessons are done, and the next one

The module asks: the Makefile measures and grades, the harness decides, and plots/ draws.  No
verdict is computed here; a prediction is only set beside what was found."""

import json
import os
import signal
import subprocess
import sys
import threading
from difflib import SequenceMatcher
from html import escape
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("plots", "bench/python")]
sys.dont_write_bytecode = True

import lessons
from report import page as report_page
import sentences
from chart import WIDE
from lessons import RESULTS, ROOT, hints_of, student_file
from predictions import answers_for, marked, taught
from run import Run
from stored import Trouble
from words import quantity

from IPython.display import HTML, Image, display

BUILD = os.environ.get("B", "build")
PROGRAM = ROOT / BUILD / "twinbench"
SERVER = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
NOTEBOOK_6 = "JPY_SESSION_NAME" not in os.environ  # which the servers of JupyterLab and of Notebook 7 give to a kernel

INTERRUPTED = 130  # watch.py's exit status
PAINT = """<style>
.lab-code { font: 13px/1.5 monospace; white-space: pre-wrap; border-left: 4px solid #9aa3ad; padding: 4px 12px; }
.lab-code .k, .lab-code .kt { color: #6b3fa0; } .lab-code .c1, .lab-code .cm { color: #5a6470; font-style: italic; }
.lab-code .bad { background: #fdf0e3; } .lab-code .good { background: #e6f0fb; }
.lab td, .lab th { text-align: left !important; padding: 4px 16px 4px 0; vertical-align: top; }
.lab-two { display: flex; gap: 12px; } .lab-two > div { flex: 1 1 0; min-width: 0; }
.lab-note { color: #5a6470; } .lab .off { color: #b3470b; } .lab .on { color: #1a5fa8; }
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


def check_prediction(column, said):
    answers = [*answers_for(column), "?"]
    if column == "time":
        if said not in answers:
            raise NotYet(f"time={said!r}: bad against good is one of {', '.join(answers)}")
    elif len(said) != 2 or not set(said) <= set(answers):
        raise NotYet(f"{column}={said!r}: say what bad does and what good does, each one of {', '.join(answers)}")


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


def said_of(tip, v, margin):
    """What was predicted of a claim, each part marked right or wrong where the run decided it."""
    return marked(predictions.get(tip.name, {}).get(v["column"], "?"), v, tip.claim(v), margin)


def show(name):
    """What was found, beside what was predicted, right ✓ or wrong ✗, with what that teaches; then the chart."""
    run_found = last_run()
    tip = found_tip(run_found, name)
    said = [(v, said_of(tip, v, run_found.margin)) for v in tip.verdicts if v["lang"] == "c"]
    lessons_of = [taught(tip, v, words, run_found.margin) for v, words in said]
    lines = "".join(
        f"<tr><td>{escape(sentences.plain(v['column']))}</td><td>{words}</td>"
        f"<td>{escape(sentences.claimed(tip.claim(v)))}</td><td>{escape(sentences.found(v))}</td>"
        f"<td><b>{sentences.verdict_word(v)}</b></td></tr>"
        for v, words in said)
    tell("<table class='lab'><tr><th>column</th><th>you said</th><th>the tip claims</th><th>the run found</th>"
         f"<th>the claim</th></tr>{lines}</table>"
         + "".join(f"<p><b>✗</b> {escape(lesson)}</p>" for lesson in lessons_of if lesson))
    display(Image(filename=RESULTS / "latest/charts" / f"{tip.slug}.png", width=WIDE, alt=sentences.sentence(tip)))


def diff(tip, lang="c"):
    """What the tip changes, when yours has passed: bad's lines, then good's, in place."""
    if not lessons.has_good(tip):
        print(lessons.NO_GOOD)
    elif lessons.passed(tip):
        show_diff(tip, lang)
    else:
        print("What the tip changes is shown here when yours has passed.")


def show_diff(tip, lang="c"):
    lines = report_page.diff(tip, lang)
    if not lines:
        raise NotYet(f"patterns/{tip} has no bad.{lang}")
    marks = {"bad": "-", "good": "+"}
    tell('<div class="lab-code">' + "\n".join(
        f'<span class="{kind}">{marks.get(kind, " ")} {html}</span>' for kind, html in lines) + "</div>")


# --- fix, and be graded ---------------------------------------------------------------


def editor_of(served):
    """The address of a file below notebooks/ in the editor of this Jupyter.  Notebook 6 has a place for that, and shows the
    raw text under a relative link; JupyterLab and Notebook 7 open a relative link in their editor, and no other."""
    return f"{SERVER}edit/{quote(served)}" if NOTEBOOK_6 else quote(served)


def fix(tip, again=False):
    """Make a copy of the bad twin to mend, unless there is one (again: throw it away)."""
    if not (ROOT / "patterns" / tip / "bad.c").exists():
        raise NotYet(f"{tip} is no tip; is its name right?")
    mine = lessons.make_file(tip, again)
    served = mine.is_relative_to(HERE) and mine.relative_to(HERE).as_posix()
    name = escape(lessons.shown(mine))
    link = f'<a href="{editor_of(served)}" target="_blank">{name}</a>' if served else name
    tell(f"Mend {link}, save it, and come back.")


hinted = {}  # {tip: how many hints were given}


def hint(tip):
    """The next hint, and those before it again.  The last one is the solution; it comes after a try."""
    hints = hints_of(tip)
    if not hints:
        raise NotYet(f"there are no hints for {tip}")
    of = len(hints) + lessons.has_good(tip)
    n = min(hinted.get(tip, 0) + 1, of)
    if n > len(hints) and not lessons.tried(tip):
        n = len(hints)
        print("The next hint is the solution. It comes after a try: change the file, save it, and have it graded.")
    hinted[tip] = n
    for k, text in enumerate(hints[:n], 1):
        print(f"{k} of {of}:", text)
    if n > len(hints):
        print(f"{n} of {n}, the solution:")
        show_diff(tip)


def grade(tip):
    """Have the file of fix() graded: 40 points for the answers, 40 for the counts, 20 for
    the time; about a quarter of a minute."""
    if not student_file(tip).exists():
        raise NotYet(f"there is nothing to grade yet: lab.fix({tip!r})")
    end_watch()  # the clock wants the machine to itself
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
    lessons.keep_points(tip, said["score"])
    tell(f"<table class='lab'>{lines}<tr><td><b>together</b></td><td><b>{said['score']:g} of 100</b></td>"
         f"<td>{escape(said.get('output', ''))}</td></tr></table>{what_next(tip) if lessons.passed(tip) else ''}")


def what_next(tip):
    after = lessons.following(tip)
    here = next((lesson.notebook for lesson in lessons.lessons() if lesson.tip == tip), "")
    return f"<p>Passed. Beside the good twin: <code>lab.compare({tip!r})</code>. {link_to(after, here)}</p>"


def link_to(lesson, here=""):
    """here: the notebook that the link stands in."""
    if not lesson:
        return "All lessons are done."
    page = "" if lesson.notebook == here else lesson.notebook
    return f'Next lesson: <a href="{page}#{lesson.anchor}"{" target=_blank" * bool(page)}>{escape(lesson.title)}</a> ({lesson.tip})'


def compare(tip):
    """Yours beside the good twin, when yours has passed; the lines that differ are shaded."""
    if not lessons.has_good(tip):
        print(lessons.NO_GOOD)
        return
    if not lessons.passed(tip):
        print("The good twin is shown here when yours has passed.")
        return
    mine, good = report_page.code_lines(student_file(tip)), report_page.code_lines(ROOT / "patterns" / tip / "good.c")
    same = SequenceMatcher(None, [line for line, _ in mine], [line for line, _ in good]).get_matching_blocks()
    columns = [("yours", "bad", mine, {k for m in same for k in range(m.a, m.a + m.size)}),
               ("the good twin", "good", good, {k for m in same for k in range(m.b, m.b + m.size)})]
    tell("<div class='lab-two'>" + "".join(
        f"<div><b>{name}</b><div class='lab-code'>" + "\n".join(
            html if k in equal else f"<span class='{kind}'>{html}</span>" for k, (_, html) in enumerate(lines)) + "</div></div>"
        for name, kind, lines, equal in columns) + "</div>")


def progress(*tips):
    """These lessons, or all of them: what you have of each, and the next one."""
    points, rows, notebook = lessons.points(), "", ""
    every = [lesson for lesson in lessons.lessons() if not tips or lesson.tip in tips]
    for lesson in every:
        of = f"{points[lesson.tip]:g} of 100" if lesson.tip in points else "not graded yet"
        shown = "" if lesson.notebook == notebook else f'<a href="{lesson.notebook}" target="_blank">{lesson.notebook[:-6]}</a>'
        rows += f"<tr><td>{shown}</td><td>{'✓' * lessons.passed(lesson.tip, points)}</td><td>{escape(lesson.title)}</td><td>{of}</td></tr>"
        notebook = lesson.notebook
    done = sum(lessons.passed(lesson.tip, points) for lesson in every)
    tell(f"<p>done {done} of {len(every)}. {link_to(lessons.following(of=points))}</p><table class='lab'>{rows}</table>")


# --- graded whenever it is saved ---------------------------------------------------------


class Watch:
    """What watch.py tells of a file, drawn in one place, which changes and is never empty."""

    def __init__(self, tip):
        self.tip, self.event = tip, {}
        self.place = display(HTML(self.page()), display_id=True)
        self.process = subprocess.Popen([sys.executable, HERE / "watch.py", "--events", tip, student_file(tip)], cwd=ROOT,
                                        env={**os.environ, "B": BUILD}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, start_new_session=True)
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        last = ""
        for last in self.process.stdout:
            if last.startswith("{"):
                event = json.loads(last)  # what was found last time stays until there is something new
                self.event = {**self.event, **event} if "saved" in event else {"saved": self.event["saved"], **event}
                self.place.update(HTML(self.page()))
        if self.process.wait() not in (0, INTERRUPTED):
            self.event = {"trouble": last.strip()}
        self.place.update(HTML(self.page(ended=True)))

    def page(self, ended=False):
        e = self.event
        rows = "".join(f"<tr><td>{m['gate']}</td><td>{'' if e.get('doing') or not m['of'] else m['points']}</td>"
                       f"<td>{'' if m['passed'] else '<b>no</b>: '}{escape(m['says'])}</td></tr>" for m in e.get("marks", ()))
        says = escape(e.get("trouble", "")) + (f"<code>student.c line {escape(e['line'])}</code>" if e.get("line") else "")
        now = "ended" if ended else f"saved {e['saved']}: {e['doing']} ..." if e.get("doing") else \
            f"as saved {e['saved']}; save it again, and it is looked at again" if e else \
            "building the good twin and measuring it, once: some ten seconds, a minute for the first lesson of all ..."
        right = not e.get("doing") and e.get("marks") and all(m["passed"] for m in e["marks"])
        return (f"{PAINT}<div class='lab'><b>{self.tip}</b> <span class='lab-note'>{now}</span>"
                f"<table class='lab'>{rows}</table>{says}"
                + ("<p>Right in all but the clock: now <code>lab.grade(TIP)</code>.</p>" if right else "") + "</div>")

    def end(self):
        """At the end of its stdin it ends by itself, so too when the kernel is killed; this is sooner."""
        self.process.stdin.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)


watching = None


def end_watch():
    if watching:
        watching.end()


def watch(tip):
    """Grade the file of fix() whenever it is saved, until another one is watched or the kernel ends: what is wrong first
    within about two seconds, then all gates but the clock.  You can go on with the notebook meanwhile."""
    global watching
    if not student_file(tip).exists():
        raise NotYet(f"there is nothing to watch yet: lab.fix({tip!r})")
    end_watch()
    build("all")
    watching = Watch(tip)


def one_process(tip, *twins, ops=4, clients=4):
    """The resident memory that each twin seems to gain if all of them run in one
    process, in this order: the wrong way to measure."""
    build(f"{BUILD}/notebooks/order")
    said = call(ROOT / BUILD / "notebooks/order", tip, ops, clients, *twins)
    gained = [line.split() for line in said.splitlines()]
    print(f"{', then '.join(twins):16}", "   ".join(f"{t} +{quantity(float(b), 'B')}" for t, b in gained))
    return [(t, float(b)) for t, b in gained]
