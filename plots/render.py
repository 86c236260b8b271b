#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""render.py RUN - charts and report.html of a run folder, from what it holds.

Needs gnuplot, rsvg-convert, Jinja2 and Pygments, all from Debian.  Everything is
made beside the run's files and moved into place at the end: a run that fails
half-way leaves what was there before."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import curve
import kinds
import svg
from board import board
from card import card
from page import NARROW, WIDE
from run import ROOT, Run, Trouble

PROGRAMS = {"gnuplot": "gnuplot-nox", "rsvg-convert": "librsvg2-bin"}
# A picture must not depend on the settings of whoever draws it.
CLEAN = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def need_programs():
    for program, package in PROGRAMS.items():
        if not shutil.which(program):
            raise Trouble(f"{program} is missing: `apt-get install {package}` (charts need it)")


def load_report():
    try:
        import report
    except ModuleNotFoundError as e:
        raise Trouble(f"Python's {e.name} is missing: `apt-get install python3-{e.name}` (the report needs it)")
    return report


def call(argv, **more):
    done = subprocess.run(argv, text=True, encoding="utf-8", capture_output=True, env=CLEAN, **more)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Trouble(f"{argv[0]} failed: {last}")
    return done


def draw(page, folder):
    """Write the page's .tsv, .svg and, of a wide one, .png."""
    tsv, picture = folder / f"{page.name}.tsv", folder / f"{page.name}.svg"
    tsv.write_text(page.tsv())
    call(["gnuplot", "-d", "-"], input=page.program(HERE, picture, tsv))
    picture.write_text(svg.write(svg.read(picture.read_text()), page.name, page.title,
                                 page.description))
    if page.w == WIDE:
        call(["rsvg-convert", "--zoom=2", "--output", folder / f"{page.name}.png", picture])


def move_in(made, folder):
    folder.mkdir(exist_ok=True)
    for path in sorted(made.iterdir()):
        os.replace(path, folder / path.name)


def draw_all(pages, folder, look=lambda made: None):
    """The pages into folder/charts, all or none; look(made) sees them before."""
    with tempfile.TemporaryDirectory(prefix=".charts-", dir=folder) as made:
        made = Path(made)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda page: draw(page, made), pages))
        look(made)
        move_in(made, folder / "charts")


def write_report(run, pages, made):
    report = load_report()
    text = report.page(run, {p.name: ((made / f"{p.name}.svg").read_text(), p) for p in pages})
    beside = run.folder / ".report.html.new"
    beside.write_text(text)
    os.replace(beside, run.folder / "report.html")


def more(run, tip, wide):
    """The charts that only one tip has."""
    if tip.name == "defer/record-kinds" and kinds.measured(run.benchmarks):
        yield kinds.kinds(run, tip, wide)
    if tip.name == "pools/tiny-objects" and curve.measured(run.benchmarks):
        yield curve.curve(run, tip, wide)


def render(args):
    load_report()
    run = Run(args.folder, args.words, args.says)
    widths = (WIDE, NARROW)
    pages = [board(run, w) for w in widths] + [card(run, tip, w) for w in widths for tip in run.tips]
    pages += [page for w in widths for tip in run.tips for page in more(run, tip, w)]
    draw_all(pages, run.folder, lambda made: write_report(run, pages, made))
    print(f"{args.folder}/report.html")


def arguments(description, what):
    """What every script that draws takes from the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path, help=what)
    parser.add_argument("--words", type=Path, default=ROOT / "build/twinbench", metavar="PROGRAM",
                        help="the twinbench to ask for the words of the tips, or a .json of its answer")
    return parser


def main_of(parser, work):
    """Do it; the exit status, and one line on what was wrong."""
    args = parser.parse_args()
    try:
        need_programs()
        work(args)
    except Trouble as e:
        print(f"twinbench: {e}", file=sys.stderr)
        return 1
    except OSError as e:
        print(f"twinbench: cannot draw: {e.filename or args.folder}: {e.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    parser = arguments("Charts and report.html of a run folder.", "a folder under results/")
    parser.add_argument("--says", default="", metavar="SENTENCE", help="what this machine can resolve")
    sys.exit(main_of(parser, render))
