#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""draw_calibration.py FOLDER - the chart of a calibration: what the rule for time says of
pairs whose true difference is known, on this machine."""

import sys

sys.dont_write_bytecode = True

from chart import EDGE, NARROW, WIDE, Chart, draw_all, fold, found_in, main
from run import rows, source_line, to_number
from words import number

SAID = ("slower", "unsure", "same", "faster")
TITLES = {"full": "make bench", "quick": "make bench QUICK=1"}
KEY = [("slower", "square", "bad"), ("unsure", "square", "light"), ("the same", "square", "muted"), ("faster", "square", "good")]


def figures(percent):
    """Rounded, but never to a 0 or 100 that it is not."""
    return f"{percent:.1f} %" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f} %"


def parts(row, bar):
    """The parts of the bar of one true effect, from 0 to 100 %."""
    end = 0.0
    for said in SAID:
        begin, end = end, end + 100 * to_number(row[said]) / to_number(row["pairs"])
        if end > begin:
            yield row["looks"], to_number(row["effect"]), bar, said, begin, end, figures(end - begin)


def head(row, width):
    text = f"{TITLES[row['looks']]}: {number(to_number(row['pairs']))} pairs on {row['boards']} boards"
    return fold(text, width - 2 * EDGE, 13, True)


def calibration(found, table, margin, width=WIDE):
    says = next(d["says"] for d in found["designs"] if not d["quick"] and abs(d["margin"] - margin) < 1e-6)
    chart = Chart("calibration", "calibration", width, "How small a difference in time can be told here?", says,
                       ["looks", "effect", "bar", "said", "from", "to", "share"], key=KEY,
                       notes="What is said of each true difference (at the left), in % of all pairs:",
                       foot=[f"n: {number(found['rounds'])} rounds of {len(found['tips'])} programs against themselves. Margin: {margin:.0%}.",
                             source_line(found["machine"])])
    table = sorted((r for r in table if r["looks"] in TITLES), key=lambda r: list(TITLES).index(r["looks"]))
    chart.rows = [part for i, row in enumerate(table, 1) for part in parts(row, i)]
    chart.arrays("bars", ("bar", "head"), [(f"{to_number(row['effect']):.0%}", head(row, width) * (row["looks"] != above))
                                           for above, row in zip([""] + [r["looks"] for r in table], table)])
    return chart


def render(args):
    found = found_in(args.folder, "calibration.json", "`make calibrate` makes one")
    margin = found["machine"].get("margin", 0.1)
    table = [r for r in rows(args.folder / "calibration.csv") if abs(to_number(r["margin"]) - margin) < 1e-6]
    draw_all([calibration(found, table, margin, w) for w in (WIDE, NARROW)], args.folder)


if __name__ == "__main__":
    sys.exit(main("The chart of a calibration.", "a folder under results/calibration/", render))
