# SPDX-License-Identifier: MIT
"""overview.py - the two tables of the report's first screen: what leaks, and what is slow.

A bar is a length in percent of its column, and so is the place of an interval: the style
sheet draws them."""

import math

import sentences
from draw_board import found_in
from sentences import LEFT, lang_name
from words import quantity, ratio

LEAST, MOST = 1 / 4, 8  # the ends of the axis of times
TICKS = ((0.25, "¼"), (0.5, "½"), (1, "1×"), (2, "2"), (4, "4"), (8, "8"))
HELD = ("idle_bytes", "held_bytes")  # bytes that are held, but not by each request
GROWTH = {"level": "does not grow", "slows": "memory grows ever more slowly", "settles": "memory grows, then settles"}


# --- what leaks

def verdict_on(tip, lang, columns):
    """The claim that came out: bad has ever more of this, good has not."""
    return next((v for c in columns for v in tip.verdicts if v["lang"] == lang and v["verdict"] == "holds" and v["column"] == c
                 and tip.claim(v).get("bad", "").upper() == "GROWS" and v.get("bad_last") is not None), None)


def memory(tip, twin, lang):
    """(words, bytes a request) of a twin whose memory was followed."""
    found = tip.slopes.get((twin, lang))
    if not found or found["bytes_per_op"] is None:
        return "", 0
    if found.get("trend", "rises") == "rises" and (found["lo"] or 0) > 0:
        return quantity(round(found["bytes_per_op"]), "B"), found["bytes_per_op"]
    return GROWTH.get(found.get("trend"), ""), 0


def leak(tip, lang):
    """What bad leaves behind with each request; None if it is nothing."""
    v = verdict_on(tip, lang, LEFT)
    each = sentences.per_request(tip, v) if v else None
    words, size = memory(tip, "bad", lang)
    if tip.dial != "ops" or not (each or size):
        return None
    good = [sentences.left(each[1], v["column"])] if each and each[1] else []
    grown = memory(tip, "good", lang)[0]
    return {"lang": lang_name(lang), "count": sentences.left(each[0], v["column"]) if each else "", "memory": words if size else "",
            "bytes": size, "good": ", ".join(good + [grown] * (grown not in ("", GROWTH["level"]))) or "nothing"}


def leaks(run):
    """[(tip, what it leaks in C and in the newest Go)], the costliest first."""
    found = [(t, [l for l in (leak(t, lang) for lang in shown_langs(t)) if l]) for t in run.tips]
    found = sorted(((t, ls) for t, ls in found if ls), key=lambda f: -f[1][0]["bytes"])
    most = max((l["bytes"] for _, ls in found for l in ls), default=0) or 1
    for _, ls in found:
        for l in ls:
            l["bar"] = f"{100 * l['bytes'] / most:.1f}"
    return found


def held(run):
    """[(tip, what is held, where)] of tips that hold memory, but not more with each request."""
    found = []
    for t in run.tips:
        v = verdict_on(t, "c", HELD)
        if v and not leak(t, "c"):
            found.append((t, quantity(v["bad_last"], "B"), quantity(v["good_last"] or 0, "B"), f"{t.points[-1]:,} {t.dial_unit}"))
        elif any(d["kind"] == "outcome" and d["bad"] == "DIES" for d in t.verdicts):
            found.append((t, "runs out of memory", "answers right", ""))
    return found


def shown_langs(tip):
    """C and the newest Go."""
    langs = tip.langs()
    return [l for l in langs if l == "c"] + [l for l in langs if l.startswith("go")][-1:]


# --- what is slow

def place(r):
    """On the logarithmic axis, in percent."""
    return 100 * math.log(min(max(r, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)


def interval(f, margin):
    lo, hi, at = (place(f.v[k]) for k in ("lo", "hi", "ratio"))
    mark = f.mark(margin)
    beyond = "beyond" if f.v["ratio"] > MOST or f.v["ratio"] < LEAST else ""
    return {"lo": f"{lo:.1f}", "wide": f"{max(hi - lo, 0.8):.1f}", "at": f"{at:.1f}", "mark": mark, "beyond": beyond,
            "words": ratio(f.v["ratio"]), "range": f"{ratio(f.v['lo'])} to {ratio(f.v['hi'])}",
            "found": {"same": "no difference", "unsure": "undecided"}.get(mark, mark)}


def times(run):
    """[(tip or None for the control, what is claimed, C's interval or None, the newest Go's)], as on the board."""
    rows = {}
    for f in found_in(run):
        if "+" not in f.v["lang"]:
            row = rows.setdefault(f.tip, {"claimed": "", "c": None, "go": None})
            row["go" if f.v["lang"].startswith("go") else "c"] = interval(f, run.margin())
            row["claimed"] = row["claimed"] or f.name().partition(", ")[2]
    return list(rows.items())


def axis():
    return [(f"{place(r):.1f}", words) for r, words in TICKS]


def band(margin):
    """Where a difference does not count: from, how wide."""
    lo, hi = place(1 / (1 + margin)), place(1 + margin)
    return f"{lo:.1f}", f"{hi - lo:.1f}"
