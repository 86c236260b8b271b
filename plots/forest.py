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


def forest(name, width, title, lead, rows, margin, more, **words):
    """The chart.  more: names of the columns of each row's data."""
    chart = Chart(name, "forest", width, title, lead, ["row", *more, "shape", "ink", "ratio", "lo", "hi"], **words)
    chart.rows = [(i, *r.data, r.shape, r.ink, r.ratio, r.lo, r.hi) for i, r in enumerate(rows, 1)]
    chart.given["margin"] = margin
    chart.arrays("rows", ("name", "name_bold", "said", "figures", "said_ink", "said_bold", "beside", "before"),
                 [(fold(r.name, 270 if width == WIDE else width - 2 * EDGE, 13, r.changed), r.changed, r.said, r.figures(), r.said_ink, r.bold,
                   r.beside, r.before) for r in rows])
    return chart
