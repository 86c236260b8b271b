#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""draw_calibration.py FOLDER - the chart of a calibration: what the rule for time says of
pairs whose true difference is known, on this machine."""

import json
import sys

sys.dont_write_bytecode = True

from chart import EDGE, NARROW, WIDE, Chart, draw_all, fold
from render import arguments, main_of
from run import Trouble, rows, source_line, to_number
from words import number

SAID = ("slower", "unsure", "same", "faster")
TITLES = {"full": "make bench", "quick": "make bench QUICK=1"}
KEY = [("slower", "square", "bad"), ("unsure", "square", "light"), ("the same", "square", "muted"), ("faster", "square", "good")]


def figures(percent):
    """Rounded, but never to a 0 or 100 that it is not."""
    return f"{percent:.1f} %" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f} %"


def parts(row, at):
    """The parts of the bar of one true effect, from 0 to 100 %."""
    end = 0.0
    for said in SAID:
        begin, end = end, end + 100 * to_number(row[said]) / to_number(row["stretches"])
        if end > begin:
            yield row["looks"], to_number(row["effect"]), said, begin, end, at, figures(end - begin)


def place(chart, table):
    """Heads and bars, one below the other; how many bars high that is."""
    at, heads, bars = 0.0, [], []
    for looks, title in TITLES.items():
        mine = [r for r in table if r["looks"] == looks]
        if mine:
            head = f"{title}: {number(to_number(mine[0]['stretches']))} stretches, {mine[0]['apart']} of them apart"
            heads.append((fold(head, chart.width - 2 * EDGE, 13, True), at + 0.6))
            at += 0.8 * (1 + heads[-1][0].count("\n"))
        for row in mine:
            at += 1
            bars.append((f"{to_number(row['effect']):.0%}", at - 0.2))
            chart.rows += parts(row, at - 0.2)
        at += 0.5
    chart.given = {"bars_high": at, "heads": len(heads), "bars": len(bars),
                   **{name: [pair[i] for pair in pairs] for name, pairs, i in
                      (("head", heads, 0), ("head_at", heads, 1), ("bar", bars, 0), ("bar_at", bars, 1))}}
    return chart


def calibration(found, table, margin, width=WIDE):
    says = next(d["says"] for d in found["designs"] if not d["quick"] and abs(d["margin"] - margin) < 1e-6)
    usual = (f"The usual way, ten runs of one and then ten of the other with a U test at 5 %, would call "
             f"{found['usual']:.0%} of pairs without a difference different.")
    return place(Chart("calibration", "calibration", width, "How small a difference in time can be told here?", f"{says} {usual}",
                       ["looks", "effect", "said", "from", "to", "at", "share"], key=KEY,
                       notes="What is said of each true difference (at the left), in % of all stretches:",
                       foot=[f"n: {number(found['processes'])} processes of {found['tip']}, good. Margin: {margin:.0%}.",
                             source_line(found["machine"])]), table)


def render(args):
    try:
        found = json.loads((args.folder / "calibration.json").read_text())
    except (OSError, ValueError):
        raise Trouble(f"{args.folder}: no calibration in it; `make calibrate` makes one")
    margin = found["machine"].get("margin", 0.1)
    table = [r for r in rows(args.folder / "calibration.csv") if abs(to_number(r["margin"]) - margin) < 1e-6]
    draw_all([calibration(found, table, margin, w) for w in (WIDE, NARROW)], args.folder)


if __name__ == "__main__":
    sys.exit(main_of(arguments("The chart of a calibration.", "a folder under results/calibration/"), render))
