#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""draw_calibration.py FOLDER - the chart of a calibration: what the rule for time says of
pairs whose true difference is known, on this machine."""

import sys

sys.dont_write_bytecode = True

from chart import EDGE, NARROW, WIDE, Chart, draw_all, fold, main
from run import load, rows, source_line
from words import number

NUMBERS = ("margin", "effect", "slower", "unsure", "same", "faster", "pairs", "boards")
TITLES = {"full": "make bench", "quick": "make bench QUICK=1"}
KEY = [("slower", "square", "bad"), ("unsure", "square", "light"), ("the same", "square", "muted"), ("faster", "square", "good")]


def calibration(found, table, width=WIDE):
    margin = found["machine"].get("margin", 0.1)
    says = next(d["says"] for d in found["designs"] if not d["quick"] and abs(d["margin"] - margin) < 1e-6)
    chart = Chart("calibration", "calibration", width, "How small a difference in time can be told here?", says,
                  ["bar", "looks", *NUMBERS], key=KEY, notes="What is said of each true difference (at the left), in % of all pairs:",
                  foot=[f"n: {number(found['rounds'])} rounds of {len(found['tips'])} programs against themselves. Margin: {margin:.0%}.",
                        source_line(found["machine"])])
    table = [r for looks in TITLES for r in table if r["looks"] == looks and abs(r["margin"] - margin) < 1e-6]
    chart.rows = [(i, r["looks"], *(r[n] for n in NUMBERS)) for i, r in enumerate(table, 1)]
    heads = [f"{TITLES[r['looks']]}: {number(r['pairs'])} pairs on {number(r['boards'])} boards" for r in table]
    chart.arrays("bars", ("bar", "head"), [(f"{r['effect']:.0%}", fold(head * (head != above), width - 2 * EDGE, 13, True))
                                           for r, head, above in zip(table, heads, [""] + heads)])
    return chart


def render(args):
    found = load(args.folder / "calibration.json", "`make calibrate` makes one")
    table = rows(args.folder / "calibration.csv", NUMBERS)
    draw_all([calibration(found, table, w) for w in (WIDE, NARROW)], args.folder)


if __name__ == "__main__":
    sys.exit(main("The chart of a calibration.", "a folder under results/calibration/", render))
