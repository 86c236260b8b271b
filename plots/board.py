# SPDX-License-Identifier: MIT
"""board.py - the board: every claim about time on one axis.

The null pair stands first: it says how far the rest can be trusted.  Then the costliest
tip; what Go found stands below what C did.  There is no mean over all tips: they are
unlike, and nobody pays it."""

import math

from findings import untrusted
from page import EDGE, INK, MUTED, WIDE, Page, tick_list
from words import listing, plural, ratio, width, wrap

FARTHEST = 4  # octaves on each side: one tip that is a hundred times slower must not
              # press all others into the middle
FIGURES = 216  # pixels for the verdict and its interval


def claims_of(run):
    """(tip, verdict) of each row, in order; tip is None for the null pair."""
    claims = [(t, v) for t, v in run.time_claims() if v["ratio"] and v["lo"] and v["hi"]]
    cost = {}
    for tip, v in claims:
        cost.setdefault(tip, v["ratio"])
    return sorted(claims, key=lambda c: (c[0] is not None, -cost[c[0]] if c[0] else 0,
                                         c[0].name if c[0] else "", c[1]["lang"] != "c"))


# --- words

def tally(said, one, many):
    """ "Of 10 claims about time 5 hold, 3 are refuted and 2 are unsure." """
    forms = {"holds": ("holds", "hold"), "refuted": ("is refuted", "are refuted"),
             "unsure": ("is unsure", "are unsure")}
    counts = [f"{said.count(w)} {forms[w][said.count(w) != 1]}" for w in forms if w in said]
    return f"Of {plural(len(said), one, many)} {listing(counts)}."


def sentence(run, claims):
    said = [v["verdict"] for tip, v in claims if tip]
    if not said:
        return "No claim about time in this run."
    text = tally(said, "claim about time", "claims about time")
    if untrusted(run):
        return text + " But the null pair came out different: do not trust the times of this run."
    null = {"holds": "the same, as it must", "unsure": "unsure: this run can tell little"}
    return text + "".join(f" The null pair, good against a copy of itself, came out {null[v['verdict']]}."
                          for v in run.null[:1])


def key(claims, reach):
    far = any(not 1 / reach <= v["ratio"] <= reach for _, v in claims)
    go = any(v["lang"] == "go" for _, v in claims)
    return ([("time per op, bad / good", MUTED), ("● C", INK)] + [("◆ real Go", INK)] * go
            + [("hollow: undecided", MUTED), ("shaded: the margin", MUTED)]
            + [("arrow: beyond the axis", MUTED)] * far)


def name_of(tip, v):
    """With what is claimed, where it is not just "slower"."""
    if tip is None:
        return "null pair: good against good" + (" (Go)" if v["lang"] == "go" else "")
    claim = tip.claim(v)
    if claim.get("bad", "").upper() == "SAME":
        return tip.name + ", claimed the same"
    least = claim.get("ratio") or 0
    return tip.name + (f", claimed ≥ {least:g}×" if least else "")


def word_of(tip, v):
    if tip is None:
        return {"holds": "the same", "refuted": "DIFFERENT"}.get(v["verdict"], v["verdict"])
    return v["verdict"] + ("*" if v["verdict"] == v["expected"] == "refuted" else "")


def counted(run, claims):
    ns = sorted({int(v["n"] or 0) for _, v in claims}) or [0]
    n = f"{ns[0]}" if len(ns) == 1 else f"{ns[0]} to {ns[-1]}"
    text = f"n: {n} blocks of 4 processes for each row. Margin: {run.margin():.0%}."
    starred = any(word_of(t, v).endswith("*") for t, v in claims)
    return text + (" * refuted, as the tip expects." if starred else "")


# --- geometry

def reach_of(claims):
    """How far the axis goes on both sides, a power of two."""
    far = max([max(abs(math.log2(v[k])) for k in ("lo", "hi")) for _, v in claims] + [0.9])
    return 2 ** min(FARTHEST, math.ceil(far + 0.1))


def ratio_ticks(reach, pixels):
    """Powers of two; every second one where they would touch."""
    octaves = int(math.log2(reach))
    every = 1 if pixels / (2 * octaves + 1) > 40 else 2
    shown = [2.0 ** i for i in range(-octaves, octaves + 1) if i % every == 0]
    return tick_list(shown, lambda v: f"{v:g}×" if v >= 1 else f"1/{1 / v:g}×")


def mark_of(run, v):
    """Hollow if the run could not decide, else by where the interval lies."""
    most = 1 + run.margin()
    if v["verdict"] == "unsure":
        return "unsure"
    return "slower" if v["lo"] > most else "faster" if v["hi"] < 1 / most else "same"


def axis_of(page, claims):
    """Left and right end of the axis: between names and figures, or on a phone all of
    the page."""
    if page.w != WIDE:
        return EDGE + 16, page.w - EDGE - 16
    names = max([width(name_of(t, v), 13) for t, v in claims] + [120])
    return EDGE + min(names, 300) + 14, page.w - EDGE - FIGURES


def wide_row(page, names, word, figures, beside, y, axis):
    """(y of the mark, y below the row).  beside: it belongs to the row above."""
    at = y + 12
    for i, line in enumerate(names):
        x, align = (axis[0] - 14, "right") if beside else (EDGE, "left")
        page.text(line, x, at + 17 * i, 13, colour=MUTED if beside else INK, align=align)
    page.text(word, axis[1] + 14, at, 13, True)
    page.text(figures, page.w - EDGE, at, 12, colour=MUTED, align="right")
    return at, at + 17 * (len(names) - 1) + 12


def narrow_row(page, names, word, figures, beside, y):
    """The same for a phone: the texts above the mark."""
    page.text(word, page.w - EDGE, y + 10, 13, True, align="right")
    for line in names:
        page.text(line, EDGE, y + 10, 13, colour=MUTED if beside else INK)
        y += 17
    page.text(figures, EDGE, y + 9, 12, colour=MUTED)
    return y + 28, y + 40


def place_row(page, tip, v, beside, y, axis):
    word = word_of(tip, v)
    figures = f"{ratio(v['ratio'])} ({ratio(v['lo'])[:-1]}–{ratio(v['hi'])[:-1]})"
    limit = axis[0] - 14 - EDGE if page.w == WIDE else page.w - 2 * EDGE - width(word, 13, True) - 10
    names = wrap("in Go" if beside else name_of(tip, v), 13, limit)
    if page.w == WIDE:
        return wide_row(page, names, word, figures, beside, y, axis)
    return narrow_row(page, names, word, figures, beside, y)


def place_rows(page, run, claims, y, axis):
    """All rows with their data, a rule between tips; the y below, and those of the
    rules."""
    rules, previous = [], ()
    for tip, v in claims:
        beside = v["lang"] == "go" and tip is previous
        if previous != () and not beside:
            rules.append(y + 2)
            y += 4
        at, y = place_row(page, tip, v, beside, y, axis)
        page.rows.append((float(at), tip.name if tip else "null", v["lang"], mark_of(run, v),
                          v["ratio"], v["lo"], v["hi"], v["verdict"], int(v["n"] or 0)))
        previous = tip
    return y, rules


def board(run, wide=WIDE):
    page = Page("board", "board", wide,
                ["at", "tip", "lang", "mark", "ratio", "lo", "hi", "verdict", "blocks"])
    claims = claims_of(run)
    reach, axis = reach_of(claims), axis_of(page, claims)
    y = page.heading("Does the bad twin take longer?", sentence(run, claims))
    y = page.key(y + 4, *key(claims, reach))
    page.text("← bad is faster", sum(axis) / 2 - 10, y + 16, 12, colour=MUTED, align="right")
    page.text("bad is slower →", sum(axis) / 2 + 10, y + 16, 12, colour=MUTED)
    top = y + 30
    y, rules = place_rows(page, run, claims, top, axis)
    page.vars = {"left": axis[0], "right": axis[1], "top": top, "bottom": y + 4, "reach": reach,
                 "margin": run.margin(), "xtics": ratio_ticks(reach, axis[1] - axis[0]),
                 "lines": len(rules), "line_at": rules, "line_from": EDGE, "line_to": page.w - EDGE}
    page.footing(y + 34, counted(run, claims), run.source_line())
    return page
