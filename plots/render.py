#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""render.py RUN - charts and report.html of a run folder, from what it holds.

Needs gnuplot, rsvg-convert, Jinja2 and Pygments, all from Debian.  Everything is
made beside the run's files and moved into place at the end: a run that fails
half-way leaves what was there before."""

import argparse
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from chart import NARROW, WIDE, draw_all, need_programs
from draw_bars import bars
from draw_board import board
from draw_card import card
from draw_curve import curve
from run import ROOT, Run, Trouble

MORE = {"cleanup bars": bars, "pool curve": curve}  # by the chart that a tip names


def load_report():
    try:
        import report_page
    except ModuleNotFoundError as e:
        raise Trouble(f"Python's {e.name} is missing: `apt-get install python3-{e.name}` (the report needs it)")
    return report_page


def write_report(run, charts, more, made):
    pictures = {c.name: ((made / f"{c.name}.svg").read_text(), c) for c in charts}
    beside = run.folder / ".report.html.new"
    beside.write_text(load_report().page(run, pictures, more))
    os.replace(beside, run.folder / "report.html")


def render(args):
    load_report()
    run = Run(args.folder, args.words, args.says)
    charts, more = [], {}
    for width in (WIDE, NARROW):
        charts += [board(run, width)] + [card(run, tip, width) for tip in run.tips]
        for tip in run.tips:
            extra = MORE[tip.chart](run, tip, width) if tip.chart in MORE else None
            if extra:
                charts.append(extra)
                more.setdefault(tip.name, extra.name)
    draw_all(charts, run.folder, lambda made: write_report(run, charts, more, made))
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
