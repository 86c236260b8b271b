# SPDX-License-Identifier: MIT
"""draw_calibration.py - the chart of a calibration: what the rule for time says of pairs whose
true difference is known, on this machine."""

from chart import EDGE, WIDE, Chart, fold
from run import load, rows, source_line
from words import number

NUMBERS = ("margin", "effect", "slower", "unsure", "same", "faster", "pairs", "boards")
TITLES = {"full": "make bench", "quick": "make bench QUICK=1"}
KEY = [("slower", "square", "bad"), ("unsure", "square", "light"), ("the same", "square", "muted"), ("faster", "square", "good")]


def calibration(folder, width=WIDE):
    found, table = load(folder / "calibration.json", "`make calibrate` makes one"), rows(folder / "calibration.csv", NUMBERS)
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
