# SPDX-License-Identifier: MIT
"""overview.py - the report's first screen: what leaks, and what is slow.

Each row is data; the page's template has the words and the style sheet draws the bars."""

import math

from sentences import CLAIMED, lang_name, part
from words import number, plural, quantity, ratio

LEFT = ("tasks", "timers", "contexts", "channels")  # what a request may leave behind
HELD = ("idle_bytes", "held_bytes")  # bytes that are held, but not by each request
LEAST, MOST = 1 / 4, 8  # the ends of the axis of times
GROWTH = {"creeps": "memory grows by less than 16 B a request", "slows": "memory still grows in the end, less steeply than before",
          "settles": "memory grows, then settles"}


def verdict_on(tip, lang, columns):
    """The claim that came out: bad has ever more of this, good has not."""
    return next((v for c in columns for v in tip.verdicts if v["lang"] == lang and v["verdict"] == "holds" and v["column"] == c
                 and tip.claim(v).get("bad", "").upper() == "GROWS" and v.get("bad_last") is not None), None)


def left(tip, v, twin):
    """ "32 timers a request", "1 task for every 3 requests", of a count that is the same for each;
    else ""."""
    ends = v and [v[f"{twin}_first"], v[f"{twin}_last"]]
    if not ends or tip.dial != "ops" or None in ends or ends[0] * tip.points[-1] != ends[1] * tip.points[0]:
        return ""
    one, each = v["column"].removesuffix("s"), ends[1] / tip.points[-1]
    if 0 < each < 1 and (tip.points[-1] / ends[1]).is_integer():
        return f"1 {one} for every {number(1 / each)} requests"
    return plural(round(each, 2), one) + " a request" if each else ""


def memory(tip, twin, lang):
    """(words, bytes a request) of a twin whose memory was followed."""
    found = tip.slopes.get((twin, lang))
    if not found or found["bytes_per_op"] is None:
        return "", 0
    if found.get("trend", "rises") == "rises" and (found["lo"] or 0) > 0:
        return quantity(round(found["bytes_per_op"]), "B"), found["bytes_per_op"]
    return GROWTH.get(found.get("trend"), ""), 0


def leak(tip, lang):
    """What each request of bad leaves behind, and of good; None if it is nothing."""
    v = verdict_on(tip, lang, LEFT)
    (words, size), grown = memory(tip, "bad", lang), memory(tip, "good", lang)[0]
    count = left(tip, v, "bad")
    if tip.dial != "ops" or not (count or size):
        return None
    words = f"{words} a request" * bool(size)
    return {"lang": lang_name(lang), "bytes": size, "most": words or count, "bad": ", ".join(filter(None, (count, words))),
            "good": ", ".join(filter(None, (left(tip, v, "good"), grown))) or "nothing"}


def leaks(run):
    """[(tip, what it leaks in C and in the newest Go)], the costliest first."""
    found = [(t, list(filter(None, (leak(t, lang) for lang in t.shown()[:2])))) for t in run.tips]
    return sorted(((t, ls) for t, ls in found if ls), key=lambda f: -f[1][0]["bytes"])


def held(run):
    """[(tip, what bad holds, what good does, where)] of tips that hold memory, but not more with
    each request."""
    for t in run.tips:
        v = verdict_on(t, "c", HELD)
        if v and not leak(t, "c"):
            yield t, quantity(v["bad_last"], "B"), quantity(v["good_last"] or 0, "B"), f"{t.points[-1]:,} {t.dial_unit}"
        elif any(d["kind"] == "outcome" and d["bad"] == "DIES" for d in t.verdicts):
            yield t, "runs out of memory", "answers right", ""


def place(r):
    """Of a ratio of times on the logarithmic axis, in percent."""
    return 100 * math.log(min(max(r, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)


def effect(run, tip, lang):
    """(the biggest effect in words, a number to sort by) in a language: what leaks, or a ratio of times."""
    found, v, time = leak(tip, lang), part(tip, lang), tip.times.get(lang)
    if found:
        return found["most"], found["bytes"]
    if v and v["kind"] == "outcome":
        return CLAIMED.get(v["bad"], ""), 0
    if v and v["kind"] != "time" and v.get("bad_first") is not None:
        unit = tip.column(v["column"])["unit"]
        unit = unit if unit in ("B", "ns", "%") else ""
        return " → ".join(dict.fromkeys(quantity(v[k], unit) for k in ("bad_first", "bad_last"))), 0
    if not time or None in (time["ratio"], time["lo"], time["hi"]):
        return "", 0
    if any(v["lang"] == lang and v["verdict"] != "holds" for v in run.null):
        return "withheld", 0
    if time["relation"].lower() == "unsure" and (time["lo"] <= 1 <= time["hi"] or not v or v["verdict"] == "unsure"):
        return "undecided", 0
    return ratio(time["ratio"]) + " the time", max(time["ratio"], 1 / time["ratio"])
