# SPDX-License-Identifier: MIT
"""forest.py - rows of ratios with their intervals: the board, and comparisons."""

from dataclasses import dataclass

from chart import EDGE, WIDE, Chart, fold
from words import ratio


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
    bold: bool = False    # of the verdict; and of the name:
    changed: bool = False
    beside: bool = False  # it belongs to the row above
    before: str = ""      # a line above it
    data: tuple = ()      # for readers of the .tsv

    def figures(self):
        return f"{ratio(self.ratio)} ({ratio(self.lo)[:-1]}–{ratio(self.hi)[:-1]})"


def forest(name, width, title, lead, rows, blocks, margin, more, source="", **words):
    """The chart.  blocks: behind each row; more: names of the columns of each row's data."""
    ns = " to ".join(str(n) for n in dict.fromkeys((min(blocks, default=0), max(blocks, default=0))))
    chart = Chart(name, "forest", width, title, lead, ["row", *more, "shape", "ink", "ratio", "lo", "hi"], **words,
                  foot=[f"n: {ns} blocks of 4 processes for each row. Margin, shaded: differences under {margin:.0%} do not count.", source])
    chart.rows = [(i, *r.data, r.shape, r.ink, r.ratio, r.lo, r.hi) for i, r in enumerate(rows, 1)]
    chart.given["margin"] = margin
    room = 270 if width == WIDE else width - 2 * EDGE
    chart.arrays("rows", ("name", "name_bold", "said", "figures", "said_ink", "said_bold", "beside", "before"),
                 [(fold(r.name, room, 13, r.changed), r.changed, r.said, r.figures(), r.said_ink, r.bold, r.beside, r.before) for r in rows])
    return chart
