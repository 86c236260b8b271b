# SPDX-License-Identifier: MIT
"""card.py - the card of a tip: its verdict, and a panel for each thing watched."""

import math

import share
from findings import LANG, sentence
from page import EDGE, INK, MUTED, NARROW, WIDE, Page, decades, keep_apart, spread, tick_list, ticks_to
from panels import panels_of
from words import number, width, wrap

TEXT = {"bad": "#a34a00", "good": "#14568e"}  # darker than the marks: it is small
HIGH = 150  # of the drawing in a panel
BOX = ("left", "right", "top", "bottom", "x0", "x1", "y0", "y1", "xtics", "ytics", "dot")

COLUMNS = ["panel", "mark", "twin", "lang", "x", "y"]


def card(run, tip, wide=WIDE):
    page = Page(tip.slug, "card", wide, COLUMNS)
    panels = panels_of(tip)
    y = page.heading(tip.title, sentence(tip), tip.name)
    y = page.key(y + 4, *key(panels))
    y = page.paragraph(share.sentence(run, tip), EDGE, y + 3, wide - 2 * EDGE, colour=INK)
    y = place_all(page, panels, y)
    page.footing(y + 10, counted(run, tip), run.source_line())
    return page


def key(panels):
    if not panels:
        return [("Nothing was measured along its dial.", MUTED)]
    go = any(row[2] == "go" for p in panels for row in p.rows)
    return [("● bad", TEXT["bad"]), ("■ good", TEXT["good"])] + [("C solid, real Go dashed", MUTED)] * go


def counted(run, tip):
    """How many processes and blocks are behind it."""
    n = sum(len(tip.of(t, "c", "count", "slope", "rate")) for t in ("bad", "good"))
    blocks = {l: len({s["block"] for s in tip.timed(l)}) for l in LANG}
    return (f"n: {n} processes for counts and memory (C)"
            + "".join(f", {b} blocks of 4 for time ({LANG[l]})" for l, b in blocks.items() if b)
            + f". Margin for time: {run.margin():.0%}.")


def place_all(page, panels, y):
    """The panels in rows, and what the script must know of them; the y below."""
    crowded = any(p.floor for p in panels)
    across = 1 if page.w == NARROW else 2 if crowded else {1: 1, 2: 2, 4: 2}.get(len(panels), 3)
    each = (page.w - EDGE) / max(across, 2 if page.w == WIDE else 1)
    boxes = []
    for start in range(0, len(panels), across):
        y = place_row(page, panels[start:start + across], each, y + 14, boxes)
    page.vars = {"panels": len(panels), **{f"panel_{n}": [b[i] for b in boxes] for i, n in enumerate(BOX)}}
    page.rows = [(i, *row) for i, p in enumerate(panels, 1) for row in p.rows]
    return y


def place_row(page, panels, w, y, boxes):
    """Panels side by side, their drawings in line; the y below them."""
    lines = max(len(wrap(p.about, 12, w - 2 * EDGE)) for p in panels)
    top = y + 32 + 17 * lines
    for i, p in enumerate(panels):
        boxes.append(place(page, p, i * w, w, y, top))
    return top + HIGH + 34 + 17 * max(len(wrap(p.x_label, 12, w - EDGE)) for p in panels)


def place(page, p, x, w, y, top):
    """A panel's texts; what gnuplot must know to draw it (BOX)."""
    bottom, y1 = top + HIGH, p.y_top * (1.3 if p.floor else 1.06)
    x0, x1 = p.x_range
    ticks = decades(p.floor, y1) if p.floor else ticks_to(p.y_top, p.whole) if p.named else []
    left = x + EDGE + max([width(number(t), 12) for t in ticks] + [0]) + 6
    right = x + w - max([width(text, 12.5, True) for _, text, _ in p.labels] + [0]) - 8
    page.text(p.title[:1].upper() + p.title[1:], x + EDGE, y + 8, 13, True)
    page.paragraph(p.about, x + EDGE, y + 18, w - 2 * EDGE)
    page.paragraph(p.x_label, x + EDGE, bottom + 24, w - EDGE)
    label(page, p, right, top, bottom, y1)
    return (left, right, top, bottom, x0, x1, p.floor, y1,
            x_ticks(p, right - left), tick_list(ticks), p.dot)


def x_ticks(p, pixels):
    if p.x_names:
        return tick_list(p.x_names, p.x_names.get)
    return tick_list(spread(p.x_points, *p.x_range, pixels))


def label(page, p, right, top, bottom, y1):
    """The direct labels, at the right of where the lines end."""
    share = (lambda v: math.log(v / p.floor) / math.log(y1 / p.floor)) if p.floor else lambda v: v / y1
    at = keep_apart([bottom - share(v) * HIGH for _, _, v in p.labels], 16, top, bottom)
    for (twin, text, _), y in zip(p.labels, at):
        page.text(text, right + 6, y, 12.5, True, TEXT[twin])
