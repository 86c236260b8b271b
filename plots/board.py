# SPDX-License-Identifier: MIT
"""board.py - the board: every claim about time on one axis.

The null pair stands first: it says how far the rest can be trusted.  Then the costliest
tip; what Go found stands below what C did.  There is no mean over all tips: they are
unlike, and nobody pays it."""

import math
from dataclasses import dataclass

from findings import HEAPS, untrusted
from page import EDGE, INK, MUTED, WIDE, Page, tick_list
from words import listing, plural, ratio, width, wrap

FARTHEST = 4  # octaves on each side: one tip that is a hundred times slower must not
              # press all others into the middle
FIGURES = 216  # pixels for the verdict and its interval


@dataclass
class Row:
    tip: object      # None: the null pair
    lang: str
    ratio: float
    lo: float
    hi: float
    blocks: int
    word: str        # what is said at the right
    mark: str        # slower, faster, same or unsure: how it is drawn
    claim: dict      # empty: the tip claims nothing about time
    verdict: str = ""


def claimed_row(run, tip, v):
    word = v["verdict"] + ("*" if v["verdict"] == v["expected"] == "refuted" else "")
    if tip is None:
        word = {"holds": "the same", "refuted": "DIFFERENT"}.get(word, word)
    return Row(tip, v["lang"], v["ratio"], v["lo"], v["hi"], int(v["n"] or 0), word,
               mark_of(run, v), tip.claim(v) if tip else {"bad": "SAME"}, v["verdict"])


def mark_of(run, v):
    """Hollow if the run could not decide, else by where the interval lies."""
    most = 1 + run.margin()
    if v["verdict"] == "unsure":
        return "unsure"
    return "slower" if v["lo"] > most else "faster" if v["hi"] < 1 / most else "same"


def other_row(tip, t):
    return Row(tip, t["lang"], t["ratio"], t["lo"], t["hi"], int(t["blocks"] or 0),
               t["relation"].lower(), t["relation"].lower(), {})


def rows_of(run):
    """Every row, in order: the null pair, the claims, and what was timed besides."""
    rows = [claimed_row(run, tip, v) for tip in [None] + run.tips
            for v in (tip.verdicts if tip else run.null) if v["kind"] == "time" and v["ratio"] and v["lo"] and v["hi"]]
    claimed = {(r.tip, r.lang) for r in rows}
    rows += [other_row(tip, t) for tip in run.tips for lang, t in tip.times.items()
             if (tip, lang) not in claimed and t["ratio"] and t["lo"] and t["hi"]]
    cost = {}
    for r in rows:
        cost.setdefault((r.tip, bool(r.claim)), r.ratio)
    return sorted(rows, key=lambda r: (r.tip is not None, not r.claim, -cost[r.tip, bool(r.claim)] if r.tip else 0,
                                       r.tip.name if r.tip else "", r.lang != "c"))


# --- words

def tally(said, one, many):
    """ "Of 10 claims about time 5 hold, 3 are refuted and 2 are unsure." """
    forms = {"holds": ("holds", "hold"), "refuted": ("is refuted", "are refuted"),
             "unsure": ("is unsure", "are unsure")}
    counts = [f"{said.count(w)} {forms[w][said.count(w) != 1]}" for w in forms if w in said]
    return f"Of {plural(len(said), one, many)} {listing(counts)}."


def sentence(run, rows):
    said = [r.verdict for r in rows if r.tip and r.claim]
    text = tally(said, "claim about time", "claims about time") if said else "No claim about time in this run."
    if untrusted(run):
        return text + " But the null pair came out different: do not trust the times of this run."
    null = {"holds": "the same, as it must", "unsure": "unsure: this run can tell little"}
    return text + "".join(f" The null pair, good against a copy of itself, came out {null[v['verdict']]}."
                          for v in run.null[:1])


def key(rows, reach):
    far = any(r.lo < 1 / reach or r.hi > reach for r in rows)
    go = any(r.lang == "go" for r in rows)
    return ([("time per op, bad / good", MUTED), ("● C", INK)] + [("◆ real Go", INK)] * go
            + [("hollow: undecided", MUTED), ("shaded: the margin", MUTED)]
            + [("arrow: beyond the axis", MUTED)] * far)


def name_of(r):
    """With what is claimed, where it is not just "slower"."""
    if r.tip is None:
        return "null pair: good against good" + (" (Go)" if r.lang == "go" else "")
    if r.claim.get("bad", "").upper() == "SAME":
        return r.tip.name + ", claimed the same"
    least = r.claim.get("ratio") or 0
    return r.tip.name + (f", claimed ≥ {least:g}×" if least else "")


def beside_of(r):
    """What a row differs in from the one above."""
    return "in Go" if r.lang == "go" else "on " + HEAPS[r.lang]


def counted(run, rows):
    ns = sorted({r.blocks for r in rows}) or [0]
    n = f"{ns[0]}" if len(ns) == 1 else f"{ns[0]} to {ns[-1]}"
    text = f"n: {n} blocks of 4 processes for each row. Margin: {run.margin():.0%}."
    return text + (" * refuted, as the tip expects." if any(r.word.endswith("*") for r in rows) else "")


# --- geometry

def reach_of_values(values):
    """How far the axis goes on both sides, a power of two."""
    far = max([abs(math.log2(v)) for v in values] + [0.9])
    return 2 ** min(FARTHEST, math.ceil(far + 0.1))


def reach_of(rows):
    return reach_of_values([v for r in rows for v in (r.lo, r.hi)])


def ratio_ticks(reach, pixels):
    """Powers of two; every second one where they would touch."""
    octaves = int(math.log2(reach))
    every = 1 if pixels / (2 * octaves + 1) > 40 else 2
    shown = [2.0 ** i for i in range(-octaves, octaves + 1) if i % every == 0]
    return tick_list(shown, lambda v: f"{v:g}×" if v >= 1 else f"1/{1 / v:g}×")


def axis_of(page, rows):
    """Left and right end of the axis: between names and figures, or on a phone all of
    the page."""
    if page.w != WIDE:
        return EDGE + 16, page.w - EDGE - 16
    names = max([width(name_of(r), 13) for r in rows] + [120])
    return EDGE + min(names, 300) + 14, page.w - EDGE - FIGURES


def wide_row(page, r, names, figures, beside, y, axis):
    """(y of the mark, y below the row).  beside: it belongs to the row above."""
    at = y + 12
    for i, line in enumerate(names):
        x, align = (axis[0] - 14, "right") if beside else (EDGE, "left")
        page.text(line, x, at + 17 * i, 13, colour=MUTED if beside else INK, align=align)
    page.text(r.word, axis[1] + 14, at, 13, bool(r.claim), INK if r.claim else MUTED)
    page.text(figures, page.w - EDGE, at, 12, colour=MUTED, align="right")
    return at, at + 17 * (len(names) - 1) + 12


def narrow_row(page, r, names, figures, beside, y):
    """The same for a phone: the texts above the mark."""
    page.text(r.word, page.w - EDGE, y + 10, 13, bool(r.claim), INK if r.claim else MUTED, "right")
    for line in names:
        page.text(line, EDGE, y + 10, 13, colour=MUTED if beside else INK)
        y += 17
    page.text(figures, EDGE, y + 9, 12, colour=MUTED)
    return y + 28, y + 40


def place_row(page, r, beside, y, axis):
    figures = f"{ratio(r.ratio)} ({ratio(r.lo)[:-1]}–{ratio(r.hi)[:-1]})"
    limit = axis[0] - 14 - EDGE if page.w == WIDE else page.w - 2 * EDGE - width(r.word, 13, True) - 10
    names = wrap(beside_of(r) if beside else name_of(r), 13, limit)
    if page.w == WIDE:
        return wide_row(page, r, names, figures, beside, y, axis)
    return narrow_row(page, r, names, figures, beside, y)


def place_rows(page, rows, y, axis):
    """All rows with their data, a rule between tips; the y below, and those of the
    rules."""
    rules, before = [], None
    for r in rows:
        beside = before is not None and r.lang != "c" and r.tip is before.tip
        if before and not beside:
            rules.append(y + 2)
            y += 4
        if before and before.claim and not r.claim:
            y = page.paragraph("Timed too, though the tip claims nothing about time:", EDGE, y + 14, page.w - 2 * EDGE)
        at, y = place_row(page, r, beside, y, axis)
        page.rows.append((float(at), r.tip.name if r.tip else "null", r.lang, r.mark, r.ratio, r.lo, r.hi,
                          r.verdict or "-", r.blocks))
        before = r
    return y, rules


def board(run, wide=WIDE):
    page = Page("board", "board", wide,
                ["at", "tip", "lang", "mark", "ratio", "lo", "hi", "verdict", "blocks"])
    rows = rows_of(run)
    reach, axis = reach_of(rows), axis_of(page, rows)
    y = page.heading("Does the bad twin take longer?", sentence(run, rows))
    y = page.key(y + 4, *key(rows, reach))
    page.text("← bad is faster", sum(axis) / 2 - 10, y + 16, 12, colour=MUTED, align="right")
    page.text("bad is slower →", sum(axis) / 2 + 10, y + 16, 12, colour=MUTED)
    top = y + 30
    y, rules = place_rows(page, rows, top, axis)
    page.vars = {"left": axis[0], "right": axis[1], "top": top, "bottom": y + 4, "reach": reach,
                 "margin": run.margin(), "xtics": ratio_ticks(reach, axis[1] - axis[0]),
                 "lines": len(rules), "line_at": rules, "line_from": EDGE, "line_to": page.w - EDGE}
    page.footing(y + 34, counted(run, rows), run.source_line())
    return page
