# SPDX-License-Identifier: MIT
"""draw_card.py - the card of a tip: its verdict, and a panel for each thing watched."""

import share
from chart import EDGE, NARROW, WIDE, Chart, fold
from panels import panels_of
from sentences import LANG, sentence

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
    chart.arrays("panels", ("panel_title", "panel_about", "panel_x", "panel_x0", "panel_x1", "panel_points", "panel_names",
                            "panel_top", "panel_floor", "panel_named", "panel_whole", "panel_dot"),
                 [(p.title[:1].upper() + p.title[1:], fold(p.about, room), fold(p.x_label, room + EDGE), *(p.x_range or (0, 0)),
                   " ".join(f"{x:.10g}" for x in sorted(p.x_points, reverse=True)), " ".join(reversed(p.x_names)),
                   p.y_top, p.floor, p.named, p.whole, p.dot) for p in panels])
    chart.arrays("labels", ("label_panel", "label_twin", "label_text", "label_y"),
                 [(i, *label) for i, p in enumerate(panels, 1) for label in sorted(p.labels, key=lambda l: l[2])])
    chart.given["across"] = across
    return chart
