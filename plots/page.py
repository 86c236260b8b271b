# SPDX-License-Identifier: MIT
"""page.py - what stands where on a chart; gnuplot draws it.

A Page is one picture: texts with their places, the variables of a gnuplot script, and
the rows of its .tsv.  card.py and board.py fill one.  Each chart is made in two widths,
for a screen or paper and for a phone: text that shrinks with the picture cannot be read
there.

Geometry is in pixels from the top left; no text is smaller than 12."""

import math

from words import number, width, wrap

WIDE, NARROW = 840, 380
INK, MUTED = "#1d2329", "#5a6470"
EDGE = 16  # white around everything


class Page:
    def __init__(self, name, script, wide, columns):
        self.name, self.script = name + ("" if wide == WIDE else "-narrow"), script
        self.w, self.h, self.lead = wide, 0, 0
        self.texts, self.vars = [], {}
        self.columns, self.rows = columns, []
        self.title = self.description = ""

    def text(self, text, x, y, size=13, bold=False, colour=INK, align="left"):
        self.texts.append((text, x, y, size, bold, colour, align))

    def paragraph(self, text, x, y, limit, size=12, bold=False, colour=MUTED):
        """Lines of at most limit pixels; the y below them."""
        for line in wrap(text, size, limit, bold):
            self.text(line, x, y + size * 0.7, size, bold, colour)
            y += size * 1.4
        return y

    def heading(self, title, lead, above=""):
        """What the page is about, and its verdict; the y below."""
        self.title, self.description = title + (f" ({above})" if above else ""), lead
        limit = self.w - 2 * EDGE
        y = self.paragraph(above, EDGE, EDGE, limit)
        y = self.lead = self.paragraph(title, EDGE, y + 2, limit, 18, True, INK)
        return self.paragraph(lead, EDGE, y + 4, limit, 13.5, colour=INK)

    def key(self, y, *entries):
        """Words beside each other, (text, colour); the y below them."""
        x = EDGE
        for text, colour in entries:
            if x > EDGE and x + width(text, 12) > self.w - EDGE:
                x, y = EDGE, y + 17
            self.text(text, x, y + 8, 12, colour=colour)
            x += width(text, 12) + 18
        return y + 17

    def footing(self, y, *lines):
        """Where it comes from; ends the page."""
        for line in filter(None, lines):
            y = self.paragraph(line, EDGE, y, self.w - 2 * EDGE)
        self.h = math.ceil(y + EDGE - 4)

    def program(self, here, out, tsv):
        """What gnuplot reads: the variables, then the script of the kind."""
        names = [f"words{n}" for n in ("", "_x", "_y", "_size", "_bold", "_colour", "_align")]
        given = {"HERE": str(here), "OUT": str(out), "TSV": str(tsv), "W": self.w, "H": self.h,
                 "texts": len(self.texts), **dict(zip(names, map(list, zip(*self.texts)))), **self.vars}
        return "".join(assignment(k, v) for k, v in given.items()) + f"load HERE.'/{self.script}.gp'\n"

    def tsv(self):
        return "".join("\t".join(cell(v) for v in line) + "\n" for line in [self.columns] + self.rows)


def cell(v):
    return f"{v:.10g}" if isinstance(v, float) else str(v)


def assignment(name, value):
    if isinstance(value, list):
        return f"array {name}[{max(len(value), 1)}]\n" + "".join(
            f"{name}[{i}] = {literal(v)}\n" for i, v in enumerate(value, 1))
    return f"{name} = {literal(value)}\n"


def literal(v):
    """In single quotes gnuplot runs nothing and expands nothing."""
    if isinstance(v, str):
        return "'" + v.replace("'", "''").replace("\n", " ") + "'"
    return str(int(v) if isinstance(v, bool) else v)


# --- axes

def round_step(rough):
    power = 10 ** math.floor(math.log10(rough))
    return next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= rough * 0.999)


def ticks_to(largest, whole=False, wanted=4):
    """Round values from 0 up to `largest`."""
    step = max(round_step(max(largest, 1e-12) / wanted), 1 if whole else 0)
    return [i * step for i in range(math.floor(largest / step + 1e-9) + 1)]


def decades(lowest, largest):
    """Powers of ten."""
    first, last = round(math.log10(lowest)), math.floor(math.log10(largest))
    return [10.0 ** k for k in range(first, last + 1)]


def tick_list(ticks, label=number):
    """For gnuplot; one without a name where there are none, which would mean "as you
    like" to it."""
    return ", ".join(f'"{label(t)}" {t:.10g}' for t in ticks) or '"" 0'


def spread(points, lo, hi, pixels, size=12):
    """Those of the points whose labels do not touch, from the right: the last
    point is the one that the direct labels speak of."""
    kept, edge = [], math.inf
    for x in sorted(points, reverse=True):
        at, half = (x - lo) / (hi - lo) * pixels, width(number(x), size) / 2
        if at + half + 6 <= edge:
            kept.append(x)
            edge = at - half
    return kept


def keep_apart(places, gap, top, bottom):
    """Move the y of labels as little as it takes to have them `gap` apart and
    within top and bottom."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    ys = [max(top, places[i]) for i in order]
    for i in range(1, len(ys)):
        ys[i] = max(ys[i], ys[i - 1] + gap)
    if ys and ys[-1] > bottom:
        ys[-1] = bottom
        for i in range(len(ys) - 2, -1, -1):
            ys[i] = min(ys[i], ys[i + 1] - gap)
    return [ys[order.index(i)] for i in range(len(places))]
