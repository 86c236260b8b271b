# SPDX-License-Identifier: MIT
"""chart.py - one picture: what it says and its data; a gnuplot script draws it.

A Chart is made for one of two widths, for a screen or paper and for a phone: text that
shrinks with the picture cannot be read there.  draw() writes its .tsv, has gnuplot draw
it, and gives the SVG a title, a description and ids of its own.  README.md says how to
add one."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from run import Trouble

HERE = Path(__file__).resolve().parent
WIDE, NARROW = 840, 380  # pixels
EDGE = 16                # white around everything, as in style.gp
PROGRAMS = {"gnuplot": "gnuplot-nox", "rsvg-convert": "librsvg2-bin"}


def fold(text, pixels, size=12, bold=False):
    """Lines of at most so many pixels, as wide as prose is in DejaVu Sans, the widest of usual fonts."""
    most = int(pixels / size / (0.62 if bold else 0.54))
    return "\n".join(line for part in text.split("\n") for line in textwrap.wrap(part, most, break_long_words=False))


@dataclass
class Chart:
    name: str     # of its files; "-narrow" is added for a phone
    script: str   # NAME.gp
    width: int    # WIDE or NARROW
    title: str
    lead: str     # the verdict, in a sentence
    columns: list  # of the .tsv
    above: str = ""  # what it is about, above the title
    notes: str = ""  # below the key
    tip: str = ""    # beside whose card it stands in the report
    foot: list = field(default_factory=list)  # n, margin, machine, date, commit
    key: list = field(default_factory=list)   # (text, shape, ink) as style.gp knows them
    rows: list = field(default_factory=list)  # of the .tsv
    given: dict = field(default_factory=dict)  # variables of the script; a list is an array
    cut: float = 0   # how far down the words above reach: known when it is drawn

    def __post_init__(self):
        self.name += "" if self.width == WIDE else "-narrow"

    def arrays(self, count, names, tuples):
        """Variables of the script: how many tuples, and an array for each of their places."""
        self.given |= {count: len(tuples), **{name: [t[i] for t in tuples] for i, name in enumerate(names)}}

    def tsv(self):
        return "".join("\t".join(f"{v:.10g}" if isinstance(v, float) else str(v) for v in line) + "\n" for line in [self.columns] + self.rows)

    def program(self, svg, tsv):
        """What gnuplot reads: the variables, then the script."""
        room = self.width - 2 * EDGE
        given = {"HERE": str(HERE), "OUT": str(svg), "TSV": str(tsv), "W": self.width,
                 "above": fold(self.above, room), "title": fold(self.title, room, 18, True), "lead": fold(self.lead, room, 13),
                 "notes": fold(self.notes, room), "foot": fold("\n".join(self.foot), room)}
        self.arrays("keys", ("key_text", "key_shape", "key_ink"), self.key)
        return "".join(assignment(k, v) for k, v in (given | self.given).items()) + f"load HERE.'/{self.script}.gp'\n"


def assignment(name, value):
    if not isinstance(value, list):
        return f"{name} = {literal(value)}\n"
    return f"array {name}[{max(len(value), 1)}]\n" + "".join(
        f"{name}[{i}] = {literal(v)}\n" for i, v in enumerate(value or [""], 1))  # gnuplot has no empty array


def literal(v):
    """A text as gnuplot reads it: like JSON's, but a backquote would run a program."""
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False).replace("`", "\\140")
    return str(int(v) if isinstance(v, bool) else v)


# --- drawing

def need_programs():
    for program, package in PROGRAMS.items():
        if not shutil.which(program):
            raise Trouble(f"{program} is missing: `apt-get install {package}` (charts need it)")


def call(argv, **more):
    settings = {k: v for k, v in os.environ.items() if k != "GNUTERM"}  # the reader's are not ours
    done = subprocess.run(argv, encoding="utf-8", capture_output=True, env=settings, **more)
    if done.returncode:
        ended = f"ended with status {done.returncode}" if done.returncode > 0 else f"ended by signal {-done.returncode}"
        raise Trouble(f"{argv[0]} failed: {(done.stderr.strip().splitlines() or [f'{ended}, and said nothing'])[-1]}")
    return done.stdout


# What gnuplot says of every group, and what would hold without.
DEFAULTS = (r' +(?:stroke-linecap="butt"|stroke-linejoin="miter"|stroke-width="1\.00"|color="black"|'
            r'font-family="sans-serif"|text-anchor="start")|(?<=\d)\.00\b')


def finish(svg, name, title, description):
    """gnuplot's picture with a title and a description for those who cannot see it, whose ids
    are its own.  What is left out has no effect."""
    svg = re.sub(r"<filter.*?</filter>|<title>.*?</title>|<desc>.*?</desc>", "", svg, flags=re.S)
    svg = re.sub(r"<g [^>]*>\s*</g>", "", re.sub(r'<g id="gnuplot_[^>]*>', "<g>", svg))
    svg = re.sub(r"rgb\( *(\d+), *(\d+), *(\d+)\)", lambda m: "#%02x%02x%02x" % tuple(map(int, m.groups())), svg)
    svg = svg.replace('font-family="sans-serif:Bold"', 'font-weight="bold"')
    svg = svg.replace("stroke-width='0.205'", "stroke-width='0.42'")  # hollow marks are drawn as thin as that
    svg = re.sub(r"<[^>]*>", lambda tag: re.sub(DEFAULTS, "", tag[0]), re.sub(r"\s*\n\s*", "\n", svg))
    return re.sub(r"<svg([^>]*)>", lambda m: (
        f'<svg{m[1]} font-family="sans-serif" role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(title, False)}</title>\n'
        f'<desc id="{name}-desc">{escape(description, False)}</desc>'), svg, count=1)


def draw(chart, folder):
    """Write the chart's .tsv, .svg and, of a wide one, .png."""
    tsv, svg = folder / f"{chart.name}.tsv", folder / f"{chart.name}.svg"
    tsv.write_text(chart.tsv(), "utf-8")
    chart.cut = float(call(["gnuplot", "-d", "-"], input=chart.program(svg, tsv)))
    title = chart.title + (f" ({chart.above})" if chart.above else "")
    svg.write_text(finish(svg.read_text("utf-8"), chart.name, title, chart.lead), "utf-8")
    if chart.width == WIDE:
        call(["rsvg-convert", f"--width={2 * WIDE}", "--output", svg.with_suffix(".png"), svg])


def draw_all(charts, folder, look=lambda made: None):
    """The charts into folder/charts, all or none; look(made) sees them before.  One process draws
    in a folder at a time, and clears away what one that was killed left there."""
    made, lock = folder / ".charts", os.open(folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda chart: draw(chart, made), charts))
        look(made)
        (folder / "charts").mkdir(exist_ok=True)
        for path in sorted(made.iterdir()):
            os.replace(path, folder / "charts" / path.name)
    finally:
        shutil.rmtree(made)
        os.close(lock)


MARKS = r"<defs>.*?</defs>"  # gnuplot's, the same in all pictures: a page needs them once


def for_page(svg, above):
    """The picture as part of a page that has the marks and the colours (report.css), without
    what stands above."""
    svg = re.sub(MARKS + r"|\sxmlns\S*=\S+", "", svg[svg.index("<svg"):], flags=re.S)
    return re.sub(r'viewBox="0 0 (\d+) (\d+)"', lambda m: f'viewBox="0 {above:.0f} {m[1]} {int(m[2]) - above:.0f}"', svg)
