# SPDX-License-Identifier: MIT
"""draw_card.py - the card of a tip: its verdict, and a panel for each thing watched."""

import math

import share
from chart import EDGE, NARROW, WIDE, Chart, apart, fold
from panels import panels_of
from sentences import LANG, sentence

GAP = 16 / 150  # of the height of a panel, from a label to the next

COLUMNS = ["panel", "mark", "twin", "lang", "x", "y"]


def card(run, tip, width=WIDE):
    panels = panels_of(tip)
    chart = Chart(tip.slug, "card", width, tip.title, sentence(tip), COLUMNS, above=tip.name, key=key(panels),
                  notes=share.sentence(run, tip) if panels else "Nothing was measured along its dial.",
                  foot=[counted(run, tip), run.source_line()])
    return fill(chart, panels)


def key(panels):
    go = any(row[2] == "go" for p in panels for row in p.rows)
    return [("bad", "disc", "bad"), ("good", "square", "good")] + [("real Go", "dashed", "ink")] * go


def counted(run, tip):
    """How many processes and blocks are behind it."""
    n = sum(len(tip.of(t, "c", "count", "slope", "rate")) for t in ("bad", "good"))
    blocks = {l: len({s["block"] for s in tip.timed(l)}) for l in LANG}
    return (f"n: {n} processes for counts and memory (C)"
            + "".join(f", {b} blocks of 4 for time ({LANG[l]})" for l, b in blocks.items() if b)
            + f". Margin for time: {run.margin():.0%}.")


def fill(chart, panels):
    """The panels' data and words, for card.gp."""
    crowded = any(p.floor for p in panels)
    across = 1 if chart.width == NARROW else 2 if crowded or len(panels) in (2, 4) else min(len(panels), 3)
    room = (chart.width - EDGE) / max(across, 2 if chart.width == WIDE else 1) - 2 * EDGE
    chart.rows = [(i, *row) for i, p in enumerate(panels, 1) for row in p.rows]
    labels = [(i, twin, text, at) for i, p in enumerate(panels, 1)
              for (twin, text, _), at in zip(p.labels, apart([share_of(p, v) for _, _, v in p.labels], GAP))]
    given = {"title": [p.title[:1].upper() + p.title[1:] for p in panels], "about": [fold(p.about, room) for p in panels],
             "x": [fold(p.x_label, room + EDGE) for p in panels], "x0": [p.x_range[0] for p in panels], "x1": [p.x_range[1] for p in panels],
             "points": [" ".join(f"{x:.10g}" for x in sorted(p.x_points, reverse=True)) for p in panels],
             "names": [" ".join(reversed(p.x_names)) for p in panels], "top": [p.y_top for p in panels],
             "floor": [p.floor for p in panels], "named": [p.named for p in panels], "whole": [p.whole for p in panels],
             "dot": [p.dot for p in panels]}
    chart.given = {"panels": len(panels), "across": across, **{f"panel_{k}": v for k, v in given.items()},
                   "labels": len(labels), **{f"label_{n}": [l[i] for l in labels] for i, n in enumerate(("panel", "twin", "text", "at"))}}
    return chart


def share_of(p, v):
    """How far up the panel a value is."""
    return math.log(v / p.floor) / math.log(p.y_top * 1.3 / p.floor) if p.floor else v / (p.y_top * 1.06)
