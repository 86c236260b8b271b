# SPDX-License-Identifier: MIT
"""forest.py - rows of ratios with their intervals: the board, and comparisons."""

import math
from dataclasses import dataclass

from chart import WIDE, Chart, fold
from words import ratio

FARTHEST = 4  # octaves on each side: one tip that is a hundred times slower must not
              # press all others into the middle
ROOM = {True: 270, False: 348}  # pixels for a name, by whether the chart is wide


@dataclass
class Row:
    name: str      # empty: it goes on with the row above
    said: str      # the verdict
    ratio: float
    lo: float
    hi: float
    shape: str     # as style.gp knows it; so is the ink
    ink: str
    said_ink: str = "ink"
    bold: bool = False
    beside: bool = False  # it belongs to the row above
    before: str = ""      # a line above it
    data: tuple = ()      # for readers of the .tsv

    def figures(self):
        return f"{ratio(self.ratio)} ({ratio(self.lo)[:-1]}–{ratio(self.hi)[:-1]})"


def place(rows, wide):
    """Where the rows stand, in lines from the top: (end, rules, texts), and `at` of each.
    A rule parts what does not belong together; on a phone texts stand above the mark."""
    y, rules, texts, at = 0.0, [], [], []
    for r in rows:
        if at and not r.beside:
            rules.append(y + 0.1)
            y += 0.2
        if r.before:
            texts.append((r.before, y + 0.9, "muted", False, "", 0, "", "ink", False))
            y += 1.4
        name = fold(r.name, ROOM[wide], 13)
        high = (name.count("\n") + 1) * bool(name)
        said = y + (0.65 if wide else high + 0.55)
        texts.append((name, y + 0.65, "ink", wide and r.beside, r.said, said, r.figures(), r.said_ink, r.bold))
        at.append(said if wide else said + 0.85)
        y = said + (0.65 + max(0, high - 1) if wide else 1.5)
    return y, rules, texts, at


def reach_of(rows):
    """How far the axis goes on both sides, a power of two."""
    far = max([abs(math.log2(v)) for r in rows for v in (r.lo, r.hi)] + [0.9])
    return 2 ** min(FARTHEST, math.ceil(far + 0.1))


def forest(name, width, title, lead, rows, margin, more, **words):
    """The chart.  more: names of the columns of each row's data."""
    chart = Chart(name, "forest", width, title, lead, ["at", *more, "shape", "ink", "ratio", "lo", "hi"], **words)
    end, rules, texts, at = place(rows, width == WIDE)
    chart.rows = [(y, *r.data, r.shape, r.ink, r.ratio, r.lo, r.hi) for y, r in zip(at, rows)]
    names = ("name", "name_at", "name_ink", "name_right", "said", "said_at", "figures", "said_ink", "said_bold")
    chart.given = {"rows": len(texts), **dict(zip(names, map(list, zip(*texts)))), "rows_high": end, "rules": len(rules),
                   "rule": rules, "reach": reach_of(rows), "margin": margin}
    return chart
