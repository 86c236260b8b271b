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
from draw_ageing import ageing
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


def render(args):
    report = load_report()
    run = Run(args.folder, args.words, args.says)
    named = [(tip, MORE[tip.words.get("chart")]) for tip in run.tips if tip.words.get("chart") in MORE]
    more = {tip.name: [draw(run, tip, width) for width in (WIDE, NARROW)] for tip, draw in named}
    more = {name: charts for name, charts in more.items() if all(charts)}
    charts = [draw(run, width) for draw in (board, ageing) for width in (WIDE, NARROW)]
    charts = [c for c in charts if c] + [card(run, tip, width) for tip in run.tips for width in (WIDE, NARROW)] + sum(more.values(), [])

    def write_report(made):
        pictures = {c.name: ((made / f"{c.name}.svg").read_text("utf-8"), c) for c in charts}
        beside = run.folder / ".report.html.new"
        beside.write_text(report.page(run, pictures, {name: [wide.name] for name, (wide, _) in more.items()}), "utf-8")
        os.replace(beside, run.folder / "report.html")

    draw_all(charts, run.folder, write_report)
    print(f"{args.folder}/report.html")


if __name__ == "__main__":
    sys.exit(main("Charts and report.html of a run folder.", "a folder under results/", render))
