# SPDX-License-Identifier: MIT
"""sentences.py - what was found, in sentences.

The harness decides; here its verdicts get words.  The same sentences stand on the
charts, in the report and in the descriptions for those who cannot see a chart."""

import re

from run import EMPTY
from words import number, quantity, ratio, scale

LANG = {"c": "C", "c+glibc": "C on glibc", "c+mimalloc": "C on mimalloc", "go": "Go"}
HEAPS = {"c": "collector", "c+glibc": "glibc", "c+mimalloc": "mimalloc"}
SHAPES = {"FLAT": "stays flat", "GROWS": "grows", "FALLS": "falls"}


def plain(name):
    """A column's name as words: held_bytes -> "held bytes", p99_ns -> "p99 latency"."""
    words = re.sub(r"^(p\d+|max) ns$", r"\1 latency", name.replace("_", " "))
    words = re.sub(r"^rss( before| peak|) bytes$", r"resident memory\1", words)
    return re.sub(r"^gc\b", "GC", words)


def with_unit(name, unit):
    """ "held, KiB", but not "tasks started, tasks"."""
    words = plain(name)
    return f"{words}, {unit}" if unit and unit not in words.split() else words


def did(v, twin, unit):
    """What a twin did, with separators and units."""
    if v.get(f"{twin}_first") is not None:
        return values([v[f"{twin}_first"], v[f"{twin}_last"]], unit)
    if v.get(f"{twin}_slope") is not None:
        return quantity(round(v[f"{twin}_slope"]), "B/op")
    return from_words(v[twin], unit)


def values(numbers, unit):
    """Those of a count at both ends of the dial."""
    name, by = scale(unit, max(numbers))
    shown = [number(v / by) for v in numbers]
    suffix = " " + name if name in ("ns", "µs", "ms", "s", "B", "KiB", "MiB", "GiB", "%") else ""
    return (shown[0] if len(set(shown)) == 1 else " → ".join(shown)) + suffix


def from_words(text, unit):
    """Older runs tell the numbers only in words: "4 -> 1024", "5479.0 B/op"."""
    rate = re.fullmatch(r"(-?[\d.]+) (B/op)", text)
    if rate:
        return quantity(round(float(rate[1])), rate[2])
    try:
        return values([float(e) for e in text.split("->")], unit)
    except ValueError:
        return text


def verdict_word(v):
    """ "refuted, as expected" where the tip says that folklore is wrong here."""
    if v["verdict"] == EMPTY:
        return ""
    return v["verdict"] + (", as expected" if v["verdict"] == v["expected"] == "refuted" else "")


def claimed(claim):
    """What the claim says, in words."""
    bad, good = claim.get("bad", "").upper(), claim.get("good", "").upper()
    if claim.get("column") == "time":
        on, least = f" on {claim['heap']}" if claim.get("heap") else "", claim.get("ratio") or 0
        if bad == "SAME":
            return "bad takes as long as good" + on
        return (f"bad takes at least {ratio(least)} as long" if least else "bad is slower") + on
    if claim.get("column") == "outcome":
        said = [(t, w.replace("IS_", "")) for t, w in (("bad", bad), ("good", good))]
        return ", ".join(f"{t} ends {w}" for t, w in said if w not in ("NOTHING", "-", ""))
    said = [(t, SHAPES.get(w)) for t, w in (("bad", bad), ("good", good))]
    return f"{plain(claim.get('column', ''))}: " + ", ".join(f"{t} {w}" for t, w in said if w)


def found(tip, v):
    """What the run found about one claim."""
    if v["verdict"] == EMPTY:
        return v["note"]
    if v["kind"] == "time":
        if v["ratio"] is None:
            return "time: not measured"
        return f"time per op: bad takes {ratio(v['ratio'])} good’s ({ratio(v['lo'])} to {ratio(v['hi'])})"
    if v["kind"] == "outcome":
        return f"bad ends {v['bad']}, good ends {v['good']}"
    unit = tip.column(v["column"])["unit"]
    return f"{plain(v['column'])}: bad {did(v, 'bad', unit)}, good {did(v, 'good', unit)}"


def where(tip):
    """ "Holds in C and in Go." """
    said = {}
    for lang in tip.langs():
        said.setdefault(tip.verdict(lang), []).append("in " + LANG[lang])
    return "; ".join(f"{word} {' and '.join(langs)}" for word, langs in said.items()) or "not judged in this run"


def telling(tip):
    """The verdict that shows most of why the tip's own is what it is, and one on time: in
    C if it was judged there, and rather about a column in which the twins differ."""
    lang = tip.langs()[0]
    of = [v for v in tip.verdicts if v["lang"] == lang and v["verdict"] != EMPTY]
    of.sort(key=lambda v: (v["verdict"] != tip.verdict(lang), tip.claim(v).get("bad") == tip.claim(v).get("good")))
    time = [v for v in of if v["kind"] == "time"][:1]
    return [v for v in of if v["kind"] != "time"][:1] + time if of[0] not in time else time


def sentence(tip):
    """The verdict sentence of a tip: where it holds, and what shows it."""
    said = [where(tip)] + [found(tip, v) for v in telling(tip)] if tip.langs() else [where(tip)]
    return " ".join(s[:1].upper() + s[1:] + "." for s in said)


def untrusted(run):
    """True if the null pair came out different: then no time verdict counts."""
    return any(v["verdict"] == "refuted" for v in run.null)
