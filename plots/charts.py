# SPDX-License-Identifier: MIT
"""charts.py - what stands where on a chart; gnuplot draws it.

Each chart is a Page: texts with their places, the variables of a gnuplot script,
and the rows of its .tsv.  board() and card() fill one.  Both are made in two
widths, for a screen or paper and for a phone: text that shrinks with the picture
cannot be read there.

Geometry is in pixels from the top left; text sizes are those of the wide page at
its natural size, none under 12."""

import math
import statistics
from dataclasses import dataclass, field

from findings import LANG, sentence, untrusted, with_unit
from run import theil_sen
from words import listing, number, plural, quantity, ratio, scale, width, wrap

WIDE, NARROW = 840, 380
INK, MUTED = "#1d2329", "#5a6470"
TEXT = {"bad": "#a34a00", "good": "#14568e"}
EDGE = 16  # white around everything


class Page:
    """One picture: texts, gnuplot variables, rows of data."""

    def __init__(self, name, script, wide):
        self.name, self.script = name, script
        self.w, self.h = wide, 0
        self.texts, self.vars, self.header, self.rows = [], {}, [], []
        self.title = self.description = ""

    def text(self, text, x, y, size=13, bold=False, colour=INK, align="left"):
        self.texts.append((text, x, y, size, bold, colour, align))

    def paragraph(self, text, y, size=13, bold=False, colour=INK, x=EDGE, limit=None):
        """Wrapped from y on; the y below it."""
        for line in wrap(text, size, (limit or self.w - EDGE) - x, bold):
            self.text(line, x, y + size * 0.7, size, bold, colour)
            y += size * 1.4
        return y

    def heading(self, title, lead, above=""):
        self.title, self.description = title + (f" ({above})" if above else ""), lead
        y = self.paragraph(above, EDGE, 12, colour=MUTED)
        y = self.lead = self.paragraph(title, y + 2, 18, True)
        return self.paragraph(lead, y + 4, 13.5)

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
        for line in filter(None, lines):
            y = self.paragraph(line, y, 12, colour=MUTED)
        self.h = math.ceil(y + EDGE - 4)

    def program(self, here, out, tsv):
        """What gnuplot reads: the variables, then the script of the kind."""
        names = [f"words{n}" for n in ("", "_x", "_y", "_size", "_bold", "_colour", "_align")]
        columns = list(zip(*self.texts))
        given = {"HERE": str(here), "OUT": str(out), "TSV": str(tsv), "W": self.w, "H": self.h,
                 "texts": len(self.texts), **dict(zip(names, map(list, columns))), **self.vars}
        return "".join(assignment(k, v) for k, v in given.items()) + \
            f"load HERE.'/{self.script}.gp'\n"

    def tsv(self):
        lines = [self.header] + self.rows
        return "".join("\t".join(cell(v) for v in line) + "\n" for line in lines)


def cell(v):
    return f"{v:.10g}" if isinstance(v, float) else str(v)


def assignment(name, value):
    if isinstance(value, list):
        return f"array {name}[{max(len(value), 1)}]\n" + "".join(
            f"{name}[{i}] = {literal(v)}\n" for i, v in enumerate(value, 1))
    return f"{name} = {literal(value)}\n"


def literal(v):
    if isinstance(v, str):
        return "'" + v.replace("'", "''").replace("\n", " ") + "'"
    return str(int(v) if isinstance(v, bool) else v)


# --- axes

def round_step(rough):
    power = 10 ** math.floor(math.log10(rough))
    return next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= rough * 0.999)


def ticks_to(largest, wanted=4):
    """Round values from 0 up to `largest`."""
    step = round_step(max(largest, 1e-12) / wanted)
    return [i * step for i in range(math.floor(largest / step + 1e-9) + 1)]


def tick_list(ticks, label=number):
    return ", ".join(f'"{label(t)}" {t:.10g}' for t in ticks)


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
    ys = [places[i] for i in order]
    for i in range(1, len(ys)):
        ys[i] = max(ys[i], ys[i - 1] + gap)
    if ys and ys[-1] > bottom:
        ys[-1] = bottom
        for i in range(len(ys) - 2, -1, -1):
            ys[i] = min(ys[i], ys[i + 1] - gap)
    return [ys[order.index(i)] for i in range(len(places))]


# --- panels of a card

@dataclass
class Panel:
    title: str
    about: str
    x_label: str
    rows: list = field(default_factory=list)    # mark, twin, lang, x, y
    labels: list = field(default_factory=list)  # twin, text, y
    x_range: tuple = (0, 1)
    y_top: float = 1
    named: bool = True                          # numbers at the y axis
    x_points: list = field(default_factory=list)
    dot: float = 0.7


def x_span(points):
    """From 0, unless that would squeeze the points into the right half."""
    lo, hi = min(points), max(points)
    pad = (hi - lo) * 0.05 or hi * 0.1 or 1
    return (lo - 2 * pad, hi + pad) if lo > hi / 3 else (-1.4 * pad, hi + pad)


def merged_labels(ends, unit, langs):
    """One label for each twin, or two where C and Go end at different values.
    ends: {(twin, lang): value}."""
    labels = []
    for twin in ("bad", "good"):
        said = {}
        for lang in langs:
            if (twin, lang) in ends:
                said.setdefault(number(ends[twin, lang]), []).append(lang)
        for text, which in said.items():
            who = twin if len(said) == 1 else f"{twin}, {LANG[which[0]]}"
            labels.append((twin, f"{who} {text}", ends[twin, which[0]]))
    return labels


def dial_panel(tip, column):
    """A column along the dial, both twins, in every language measured."""
    about = tip.column(column)
    runs = {(t, l): tip.along_dial(column, t, l) for t in ("good", "bad") for l in ("c", "go")}
    runs = {k: v for k, v in runs.items() if v}
    if not runs:
        return None
    largest = max(y for points in runs.values() for ys in points.values() for y in ys)
    unit, by = scale(about["unit"], largest)
    points = sorted({x for r in runs.values() for x in r})
    p = Panel(with_unit(column, unit), about["text"], tip.dial_unit, x_range=x_span(points), x_points=points)
    ends = {}
    for (twin, lang), along in runs.items():
        middles = [(x, statistics.median(ys) / by) for x, ys in along.items()]
        p.rows += [("line", twin, lang, x, y) for x, y in middles]
        p.rows += [("dot", twin, lang, x, y / by) for x, ys in along.items() for y in sorted(set(ys))]
        ends[twin, lang] = middles[-1][1]
    p.labels = merged_labels(ends, unit, ("c", "go"))
    p.y_top = largest / by or 1
    return p


def memory_panel(tip):
    """Resident memory gained, a dot for each process, with its slope."""
    gained = {t: tip.growth(t, "c") for t in ("good", "bad")}
    if not all(len({x for x, _ in g}) > 1 for g in gained.values()):
        return None
    largest = max(y for g in gained.values() for _, y in g)
    unit, by = scale("B", largest)
    points = sorted({x for g in gained.values() for x, _ in g})
    p = Panel(f"resident memory gained, {unit}", "by one process each, when idle again; C",
              "requests", x_range=x_span(points), x_points=points)
    for twin, pairs in gained.items():
        slope = theil_sen(pairs)
        at = [x for x, _ in pairs]
        zero = statistics.median(y - slope * x for x, y in pairs)
        p.rows += [("line", twin, "c", x, max(0.0, (zero + slope * x) / by)) for x in (min(at), max(at))]
        p.rows += [("dot", twin, "c", x, max(0.0, y / by)) for x, y in pairs]
        p.labels.append((twin, f"{twin} {rate(slope)}", p.rows[-len(pairs) - 1][4]))
    p.y_top = largest / by or 1
    return p


def rate(slope):
    """Bytes per op, with its sign; a few bytes are no slope worth a digit."""
    return f"{'+' if slope >= 0.5 else '−' if slope <= -0.5 else ''}{quantity(round(abs(slope)), 'B/op')}"


def time_panel(tip, lang):
    """Every timed process as a dot in run order; the median of a twin as a line."""
    runs = tip.timed(lang)
    if not runs:
        return None
    values = sorted(float(s["wall_ns"]) for s in runs)
    most = min(values[-1], 1.6 * values[int(0.95 * (len(values) - 1))])
    unit, by = scale("ns", most)
    verdict = next((v for v in tip.verdicts if v["kind"] == "time" and v["lang"] == lang), None)
    about = f"bad takes {ratio(verdict['ratio'])} good’s ({ratio(verdict['lo'])} to {ratio(verdict['hi'])})" \
        if verdict and verdict["ratio"] else "no claim about it"
    p = Panel(f"time per op, {unit}, {LANG[lang]}", about, "processes in the order of running",
              x_range=(-1, len(runs)), x_points=[1, len(runs)], dot=0.45)
    for twin in ("good", "bad"):
        ys = [float(s["wall_ns"]) for s in runs if s["twin"] == twin]
        if not ys:
            continue
        middle = statistics.median(ys) / by
        p.rows += [("level", twin, "c", x, middle) for x in (0, len(runs))]
        p.labels.append((twin, f"{twin} {number(float(f'{middle:.3g}'))}", middle))
    p.rows += [dot(i, s, most, by) for i, s in enumerate(runs)]
    p.y_top = most / by
    over = sum(v > most for v in values)
    if over:
        p.about += f"; {over} beyond the top"
    return p


def dot(i, sample, most, by):
    y = float(sample["wall_ns"])
    return ("beyond" if y > most else "dot", sample["twin"], "c", i, min(y, most) / by)


def ends_panel(tip):
    """How the processes of each twin ended, along the dial."""
    said = [v for v in tip.verdicts if v["kind"] == "outcome"]
    if not said:
        return None
    p = Panel("how it ends", "the outcome of each process, and at the last point in words",
              tip.dial_unit, x_range=x_span(tip.points), x_points=tip.points)
    for v in said:
        for twin, y in (("bad", 2), ("good", 1)):
            y -= 0.3 * (v["lang"] == "go")
            p.rows += [("dot", twin, v["lang"], x, y) for x in tip.points]
            who = LANG[v["lang"]] + " " if len(said) > 1 else ""
            p.labels.append((twin, f"{who}{v[twin]}", y))
    p.y_top, p.named = 2.4, False
    return p


def panels_of(tip):
    """At most six: what the claims are about, then memory, then time; a column in
    which the twins should not differ only fills an empty place."""
    counted = [c for c in tip.claims if c["column"] not in ("time", "outcome", "rss_bytes")]
    differ = [dial_panel(tip, c["column"]) for c in counted if c["bad"] != c["good"]]
    alike = [dial_panel(tip, c["column"]) for c in counted if c["bad"] == c["good"]]
    memory = [memory_panel(tip)] if tip.dial == "ops" or tip.of("bad", "c", "slope") else []
    panels = [ends_panel(tip)] + differ + memory + [time_panel(tip, l) for l in ("c", "go")]
    panels = [p for p in panels if p]
    return (panels + [p for p in alike if p][:max(0, 3 - len(panels))])[:6]


# --- the card

def card(run, tip, wide=WIDE):
    page = Page(tip.slug + ("" if wide == WIDE else "-narrow"), "card", wide)
    page.header = ["panel", "mark", "twin", "lang", "x", "y"]
    panels = panels_of(tip)
    y = page.heading(tip.title, sentence(tip), tip.name)
    y = page.key(y + 4, *card_key(panels))
    across = 1 if wide == NARROW else {1: 1, 2: 2, 4: 2}.get(len(panels), 3)
    cell_w = (wide - EDGE) / max(across, 2 if wide == WIDE else 1)
    names = ("left", "right", "top", "bottom", "x0", "x1", "y0", "y1", "xtics", "ytics", "dot")
    boxes = {f"panel_{n}": [] for n in names}
    for start in range(0, len(panels), across):
        line = panels[start:start + across]
        heads = [wrap(p.about, 12, cell_w - 2 * EDGE) for p in line]
        top = y + 14 + 20 + 17 * max(map(len, heads)) + 12
        for i, (p, head) in enumerate(zip(line, heads)):
            box = place(page, p, head, i * cell_w, cell_w, y + 14, top)
            for n, v in zip(names, box):
                boxes[f"panel_{n}"].append(v)
        y = top + 150 + 34 + 17 * max(len(wrap(p.x_label, 12, cell_w - EDGE)) for p in line)
    page.vars = {"panels": len(panels), **boxes}
    for i, p in enumerate(panels, 1):
        page.rows += [(i, *row) for row in p.rows]
    page.footing(y + 10, *sources(run, tip))
    return page


def card_key(panels):
    if not panels:
        return [("Nothing was measured along its dial.", MUTED)]
    go = any(row[2] == "go" for p in panels for row in p.rows)
    return [("● bad", TEXT["bad"]), ("■ good", TEXT["good"])] + [("C solid, real Go dashed", MUTED)] * go


def sources(run, tip):
    counted = len(tip.of("bad", "c", "count", "slope", "rate") + tip.of("good", "c", "count", "slope", "rate"))
    blocks = {l: len({s["block"] for s in tip.timed(l)}) for l in ("c", "go")}
    n = f"n: {counted} processes for counts and memory (C)"
    n += "".join(f", {b} blocks of 4 for time ({LANG[l]})" for l, b in blocks.items() if b)
    return n + f". Margin for time: {run.margin():.0%}.", run.source_line()


def place(page, p, head, x, w, y, top):
    """Put a panel's texts on the page; its box and axes for gnuplot."""
    page.text(p.title[:1].upper() + p.title[1:], x + EDGE, y + 8, 13, True)
    for i, line in enumerate(head):
        page.text(line, x + EDGE, y + 26 + 17 * i, 12, colour=MUTED)
    ticks = ticks_to(p.y_top) if p.named else []
    names = [number(t) for t in ticks] or [""]
    left = x + EDGE + max(width(n, 12) for n in names) + 6
    right = x + w - max([width(t, 12.5, True) for _, t, _ in p.labels] + [0]) - 8
    bottom, hi = top + 150, p.y_top * 1.06
    places = keep_apart([bottom - v / hi * 150 for _, _, v in p.labels], 16, top, bottom)
    for (twin, text, _), at in zip(p.labels, places):
        page.text(text, right + 6, at, 12.5, True, TEXT[twin])
    for i, line in enumerate(wrap(p.x_label, 12, w - EDGE)):
        page.text(line, x + EDGE, bottom + 32 + 17 * i, 12, colour=MUTED)
    lo, end = p.x_range
    shown = spread(p.x_points, lo, end, right - left)
    return (left, right, top, bottom, lo, end, 0, hi, tick_list(shown),
            ", ".join(f'"{n}" {t:.10g}' for n, t in zip(names, ticks or [0])), p.dot)


# --- the board

def claim_mark(run, v):
    """How the row is drawn: hollow if the run could not decide, else by where the
    interval lies."""
    most = 1 + run.margin()
    if v["verdict"] == "unsure":
        return "unsure"
    return "slower" if v["lo"] > most else "faster" if v["hi"] < 1 / most else "same"


def board_claims(run):
    """(tip, verdict) of every row: the null pair, then the costliest tips first, what
    Go found right below what C did."""
    claims = [(t, v) for t, v in run.time_claims() if v["ratio"] and v["lo"] and v["hi"]]
    cost = {}
    for tip, v in claims:
        cost.setdefault(tip, v["ratio"])
    return sorted(claims, key=lambda c: (c[0] is not None, -cost[c[0]] if c[0] else 0,
                                         c[0].name if c[0] else "", c[1]["lang"] != "c"))


def board_label(tip, v):
    if tip is None:
        return "null pair: good against good" + (" (Go)" if v["lang"] == "go" else "")
    claim = tip.claim(v)
    if claim.get("bad", "").upper() == "SAME":
        return tip.name + ", claimed the same"
    least = claim.get("ratio") or 0
    return tip.name + (f", claimed ≥ {least:g}×" if least else "")


def reach_of(claims):
    """The power of two that the axis goes to on both sides.  16 at most: one tip that is
    a hundred times slower must not press all others into the middle."""
    far = max([max(abs(math.log2(v[k])) for k in ("lo", "hi")) for _, v in claims] + [0.9])
    return 2 ** min(4, math.ceil(far + 0.1))


def ratio_tick(v):
    return f"{v:g}×" if v >= 1 else f"1/{1 / v:g}×"


def tally(said, one, many):
    """ "Of 10 claims about time 5 hold, 3 are refuted and 2 are unsure." """
    forms = {"holds": ("holds", "hold"), "refuted": ("is refuted", "are refuted"), "unsure": ("is unsure", "are unsure")}
    counts = [f"{said.count(w)} {forms[w][said.count(w) != 1]}" for w in forms if w in said]
    return f"Of {plural(len(said), one, many)} {listing(counts)}."


def board_sentence(run, claims):
    said = [v["verdict"] for tip, v in claims if tip]
    if not said:
        return "No claim about time in this run."
    text = tally(said, "claim about time", "claims about time")
    if untrusted(run):
        return text + " But the null pair came out different: do not trust the times of this run."
    null = {"holds": "the same, as it must", "unsure": "unsure: this run can tell little"}
    return text + "".join(f" The null pair, good against a copy of itself, came out {null[v['verdict']]}."
                          for v in run.null[:1])


def board(run, wide=WIDE):
    page = Page("board" + ("" if wide == WIDE else "-narrow"), "board", wide)
    page.header = ["at", "tip", "lang", "mark", "ratio", "lo", "hi", "verdict", "blocks"]
    claims = board_claims(run)
    y = page.heading("Does the bad twin take longer?", board_sentence(run, claims))
    reach = reach_of(claims)
    y = page.key(y + 4, *board_key(claims, reach))
    left, right = (board_columns(claims) if wide == WIDE else (EDGE + 16, wide - EDGE - 16))
    top = y + 30
    middle = (left + right) / 2
    page.text("← bad is faster", middle - 10, y + 16, 12, colour=MUTED, align="right")
    page.text("bad is slower →", middle + 10, y + 16, 12, colour=MUTED)
    y = top
    lines, previous = [], None
    for tip, v in claims:
        beside = v["lang"] == "go" and tip is not None and tip is previous
        if not beside and previous is not None or (tip and previous is None and y > top):
            lines.append(y + 2)
            y += 4
        y = board_row(page, run, tip, v, beside, y, left, right)
        previous = tip
    steps = [2.0 ** i for i in range(-int(math.log2(reach)), int(math.log2(reach)) + 1)]
    every = 1 if (right - left) / len(steps) > 40 else 2
    shown = [s for s in steps if int(math.log2(s)) % every == 0]
    page.vars = {"left": left, "right": right, "top": top, "bottom": y + 4, "reach": reach,
                 "margin": run.margin(), "xtics": tick_list(shown, ratio_tick),
                 "lines": len(lines), "line_at": lines, "line_from": EDGE, "line_to": wide - EDGE}
    page.footing(y + 34, board_sources(run, claims), run.source_line())
    return page


def board_key(claims, reach):
    far = any(not 1 / reach <= v["ratio"] <= reach for _, v in claims)
    go = any(v["lang"] == "go" for _, v in claims)
    return [("time per op, bad / good", MUTED), ("● C", INK)] + [("◆ real Go", INK)] * go + \
        [("hollow: undecided", MUTED), ("shaded: the margin", MUTED)] + [("arrow: beyond the axis", MUTED)] * far


def board_columns(claims):
    names = [width(board_label(t, v), 13) for t, v in claims] + [120]
    return EDGE + min(max(names), 300) + 14, WIDE - EDGE - 216


def board_row(page, run, tip, v, beside, y, left, right):
    """One claim's texts and data; the y below it."""
    interval = f"{ratio(v['ratio'])} ({ratio(v['lo'])[:-1]}–{ratio(v['hi'])[:-1]})"
    word = "" if tip is None else v["verdict"] + ("*" if v["verdict"] == v["expected"] == "refuted" else "")
    if tip is None:
        word = {"holds": "the same", "refuted": "DIFFERENT"}.get(v["verdict"], v["verdict"])
    label = "in Go" if beside else board_label(tip, v)
    if page.w == WIDE:
        at, below = y + 12, y + 24
        for i, line in enumerate(wrap(label, 13, left - 14 - EDGE)):
            page.text(line, left - 14 if beside else EDGE, at + 17 * i, 13,
                      colour=MUTED if beside else INK, align="right" if beside else "left")
            below = at + 17 * i + 12
        page.text(word, right + 14, at, 13, True)
        page.text(interval, page.w - EDGE, at, 12, colour=MUTED, align="right")
    else:
        for line in wrap(label, 13, page.w - 2 * EDGE - width(word, 13, True) - 10):
            page.text(line, EDGE, y + 10, 13, colour=MUTED if beside else INK)
            y += 17
        page.text(word, page.w - EDGE, y - 7, 13, True, align="right")
        page.text(interval, EDGE, y + 9, 12, colour=MUTED)
        at, below = y + 28, y + 40
    page.rows.append((float(at), tip.name if tip else "null", v["lang"], claim_mark(run, v),
                      v["ratio"], v["lo"], v["hi"], v["verdict"], int(v["n"] or 0)))
    return below


def board_sources(run, claims):
    ns = sorted({int(v["n"] or 0) for _, v in claims}) or [0]
    n = f"{ns[0]}" if len(ns) == 1 else f"{ns[0]} to {ns[-1]}"
    text = f"n: {n} blocks of 4 processes for each row. Margin: {run.margin():.0%}."
    if any(v["verdict"] == v["expected"] == "refuted" for _, v in claims):
        text += " * refuted, as the tip expects."
    return text
