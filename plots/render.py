#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""render.py FOLDER - the charts and report.html of a run; or the chart of a calibration, or of a
comparison: what is in the folder decides.

Needs gnuplot, rsvg-convert, Jinja2 and Pygments, all from Debian.  Everything is
made beside the run's files and moved into place at the end: a run that fails
half-way leaves what was there before."""

import argparse
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[1] / "bench/python"))

import broken_pipe
from chart import NARROW, WIDE, draw_all, need_programs
from draw_ageing import ageing
from draw_board import board
from draw_calibration import calibration
from draw_card import card
from draw_comparison import comparison
from draw_curve import time_curve
from draw_prices import bars, counters, curve
from run import ROOT, Run, Trouble

MORE = {"cleanup bars": bars, "counter bars": counters, "pool curve": curve, "time curve": time_curve}  # by the chart that a tip names
OTHERS = {"calibration.json": calibration, "comparison.json": comparison}


def charts_of(run, width):
    more = [MORE[tip.words["chart"]](run, tip, width) for tip in run.tips if tip.words.get("chart") in MORE]
    return [c for c in [board(run, width), ageing(run, width)] + [card(run, tip, width) for tip in run.tips] + more if c]


def render_run(args):
    from report import page  # needs more of Python than a chart does

    run = Run(args.folder, args.words, args.says)
    charts = charts_of(run, WIDE) + charts_of(run, NARROW)

    def write_report(made):
        beside = run.folder / ".report.html.new"
        beside.write_text(page.page(run, {c.name: (made / f"{c.name}.svg").read_text("utf-8") for c in charts}, charts), "utf-8")
        os.replace(beside, run.folder / "report.html")

    draw_all(charts, run.folder, write_report)
    print(f"{args.folder}/report.html")


def render(args):
    need_programs()
    for name, draw in OTHERS.items():
        if (args.folder / name).exists():
            return draw_all([draw(args.folder, width) for width in (WIDE, NARROW)], args.folder)
    render_run(args)


def main():
    """A line on what is wrong, and status 1, or all is drawn."""
    parser = argparse.ArgumentParser(description="Charts, and of a run its report.html.")
    parser.add_argument("folder", type=Path, help="of a run, a calibration or a comparison, under results/")
    parser.add_argument("--words", type=Path, default=ROOT / "build/twinbench", metavar="PROGRAM",
                        help="the twinbench to ask for the words of the tips, or a .json of its answer")
    parser.add_argument("--says", default="", metavar="SENTENCE", help="what this machine can resolve")
    args = parser.parse_args()
    try:
        render(args)
    except Trouble as e:
        sys.exit(f"twinbench: {e}")
    except ModuleNotFoundError as e:
        sys.exit(f"twinbench: Python's {e.name} is missing: `apt-get install python3-{e.name}` (the report needs it)")
    except OSError as e:
        sys.exit(f"twinbench: cannot draw: {e.filename or args.folder}: {e.strerror}")
    except Exception as e:
        if sys.flags.dev_mode:  # python3 -X dev: a mistake of ours
            raise
        sys.exit(f"twinbench: cannot draw {args.folder}: a file in it holds what none should ({type(e).__name__}: {e}); measure again")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
