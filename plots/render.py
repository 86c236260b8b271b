#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""render.py RUN - charts and report.html of a run folder, from what it holds.

Needs gnuplot, rsvg-convert, Jinja2 and Pygments, all from Debian.  Everything is
made beside the run's files and moved into place at the end: a run that fails
half-way leaves what was there before."""

import os
import sys

sys.dont_write_bytecode = True

from chart import NARROW, WIDE, draw_all, main
from draw_bars import bars
from draw_board import board
from draw_card import card
from draw_curve import curve
from run import Run, Trouble

MORE = {"cleanup bars": bars, "pool curve": curve}  # by the chart that a tip names


def load_report():
    try:
        import report_page
    except ModuleNotFoundError as e:
        raise Trouble(f"Python's {e.name} is missing: `apt-get install python3-{e.name}` (the report needs it)")
    return report_page


def write_report(run, charts, more, made):
    pictures = {c.name: ((made / f"{c.name}.svg").read_text("utf-8"), c) for c in charts}
    beside = run.folder / ".report.html.new"
    beside.write_text(load_report().page(run, pictures, more), "utf-8")
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


if __name__ == "__main__":
    sys.exit(main("Charts and report.html of a run folder.", "a folder under results/", render))
