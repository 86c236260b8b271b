# SPDX-License-Identifier: MIT
"""sentences.py - what was found, in sentences.

The harness decides; here its labels and verdicts get words.  The same sentences stand on
the charts, in the report and in the descriptions for those who cannot see a chart."""

import re

from run import EMPTY
from words import listing, number, plural, quantity, ratio, scale

LANG = {"c": "C", "c+glibc": "C on glibc", "c+mimalloc": "C on mimalloc", "go": "Go"}
HEAPS = {"c": "collector", "c+glibc": "glibc", "c+mimalloc": "mimalloc"}
SHAPES = {"FLAT": "stays flat", "GROWS": "grows", "FALLS": "falls"}
ENDS = {"OK": "answers right", "PANICS": "panics", "DIES": "runs out of memory and dies", "STUCK": "gets stuck",
        "WRONG": "answers wrong"}
NOUNS = {"tasks": "tasks left alive", "timers": "timers left", "contexts": "contexts left", "channels": "channels left",
         "idle_bytes": "kept while idle", "held_bytes": "waiting in channels", "cleanups_peak": "cleanups pending at once",
         "pool_misses": "gets that the pool could not serve", "pool_hit_rate": "of gets served by the pool",
         "phantoms": "values that nobody sent", "gc_bytes": "allocated", "gc_cycles": "collections"}
LEFT = ("tasks", "timers", "contexts", "channels")  # what a request may leave behind
TRENDS = {"level": "does not grow", "rises": "grows", "settles": "settles", "slows": "grows ever more slowly"}


def lang_name(lang):
    """ "go1.24" -> "Go 1.24". """
    return LANG.get(lang) or (f"Go {lang[2:]}" if lang.startswith("go") else lang)


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
        return slope(v[f"{twin}_slope"])
    return from_words(v[twin], unit)


def slope(bytes_per_op):
    return quantity(round(bytes_per_op), "B") + " a request"


def values(numbers, unit):
    """Those of a count at both ends of the dial."""
    if unit == "B":
        return " → ".join(dict.fromkeys(quantity(v, unit) for v in numbers))
    name, by = scale(unit, max(numbers))
    shown = [number(v / by) for v in numbers]
    suffix = " " + name if name in ("ns", "µs", "ms", "s", "B", "KiB", "MiB", "GiB", "%") else ""
    return (shown[0] if len(set(shown)) == 1 else " → ".join(shown)) + suffix


def from_words(text, unit):
    """Older runs tell the numbers only in words: "4 -> 1024", "5479.0 B/op"."""
    rate = re.fullmatch(r"(-?[\d.]+) B/op", text)
    if rate:
        return slope(float(rate[1]))
    try:
        return values([float(e) for e in text.split("->")], unit)
    except ValueError:
        return text


def time_words(r, lo, hi):
    """ "bad is 24 % faster (between 21 and 25 %)", "bad is 2.49 times as slow (2.26× to 2.72×)". """
    if lo <= 1 <= hi:
        return f"bad and good take about the same time ({ratio(lo)} to {ratio(hi)})"
    word = "slow" if r > 1 else "fast"
    times, least, most = (r, lo, hi) if r > 1 else (1 / r, 1 / hi, 1 / lo)
    if times >= 2:
        return f"bad is {ratio(times)[:-1]} times as {word} ({ratio(least)} to {ratio(most)})"
    least, most = sorted(abs(100 * (e - 1)) for e in (lo, hi))
    return f"bad is {abs(100 * (r - 1)):.0f}\u00a0% {word}er (between {least:.0f} and {most:.0f}\u00a0%)"


def placed(time):
    """How far it moves a ratio where the code lies, that alone; nothing of a run in one placement."""
    if not time or not time.get("placement_share"):
        return ""
    share, over = float(time["placement_share"]), f"over {time['placements']} placements"
    if not share:
        return f"where the code lies makes no difference that can be told from noise, {over}"
    by = f"about {100 * share:.0f}" if share >= 0.01 else "less than 1"
    return f"where the code lies moves that by {by}\u00a0%, a standard deviation {over}"


def counted(column, bad, good):
    """What both twins had of something, at both ends of the dial."""
    return f"bad {bad} {NOUNS.get(column, plain(column))}, good {good}"


def left(each, column):
    """ "32 timers a request", "1 task for every 3 requests". """
    if 0 < each < 1 and abs(1 / each - round(1 / each)) < 1e-9:
        return f"1 {column.removesuffix('s')} for every {number(round(1 / each))} requests"
    return f"{plural(round(each, 2), column.removesuffix('s'))} a request"


def per_request(tip, v):
    """(bad, good) a request, of a count that is the same for every request; else None."""
    ends = [v.get(f"{t}_{e}") for t in ("bad", "good") for e in ("first", "last")]
    if tip.dial != "ops" or None in ends or len(tip.points) < 2:
        return None
    rates = [y / x for y, x in zip(ends, (tip.points[0], tip.points[-1]) * 2)]
    return (rates[0], rates[2]) if rates[0] == rates[1] and rates[2] == rates[3] else None


def found(tip, v):
    """What the run found about one claim."""
    if v["verdict"] == EMPTY:
        return v["note"]
    if v["kind"] == "time":
        return "time was not measured" if None in (v["ratio"], v["lo"], v["hi"]) else time_words(v["ratio"], v["lo"], v["hi"])
    if v["kind"] == "outcome":
        return outcomes(v["bad"], v["good"])
    if v["kind"] == "slope" and v.get("bad_first") is None and "B/op" in v["bad"]:
        unit = ""
        return f"memory: bad {did(v, 'bad', unit)}, good {did(v, 'good', unit)}"
    each = per_request(tip, v) if v["column"] in LEFT else None
    if each:
        return f"bad leaves {left(each[0], v['column'])}, good {left(each[1], v['column']) if each[1] else 'none'}"
    unit = tip.column(v["column"])["unit"]
    return counted(v["column"], did(v, "bad", unit), did(v, "good", unit))


def outcomes(bad, good):
    said = [(t, ENDS.get(w, w.lower())) for t, w in (("bad", bad), ("good", good)) if w not in ("-", "")]
    return ", ".join(f"{t} {w}" for t, w in said)


def verdict_word(v):
    """For those who keep the tips: did it come out as claimed?"""
    if v["verdict"] == EMPTY:
        return ""
    if v["verdict"] == "unsure":
        return "not decided"
    return "as expected" if v["verdict"] == v["expected"] else "not as expected"


def claimed(claim):
    """What the claim says, in words."""
    bad, good = claim.get("bad", "").upper(), claim.get("good", "").upper()
    if claim.get("column") == "time":
        on, least = f" on {claim['heap']}" if claim.get("heap") else "", claim.get("ratio") or 0
        if bad == "SAME":
            return "bad takes as long as good" + on
        return (f"bad takes at least {ratio(least)} as long" if least else "bad is slower") + on
    if claim.get("column") == "outcome":
        return outcomes(bad.replace("IS_", "").replace("NOTHING", "-"), good.replace("IS_", "").replace("NOTHING", "-"))
    said = [(t, SHAPES.get(w)) for t, w in (("bad", bad), ("good", good))]
    return f"{plain(claim.get('column', ''))}: " + ", ".join(f"{t} {w}" for t, w in said if w)


# --- labels

SIGNS = {"true": "✓", "myth": "✗", "depends": "◐", "undecided": "?", "none": "–"}


def label(tip, lang=""):
    """The label of its saying; "none" where the run gave none."""
    said = tip.labels.get(lang, {}).get("label", "")
    return said if said in SIGNS else "none"


def label_words(tip, lang=""):
    """ "myth", "depends on the heap", "no label"."""
    on = tip.labels.get(lang, {}).get("on", "")
    word = label(tip, lang)
    return "no label" if word == "none" else f"depends on {on}" if word == "depends" and on else word


def part(tip, lang):
    """The verdict on what the saying is about."""
    columns = [s["column"] for s in tip.words.get("says") or []]
    mine = [v for v in tip.verdicts if v["lang"] == lang and v["column"] in columns and v["verdict"] != EMPTY]
    return mine[0] if mine else None


def evidence(tip, lang=""):
    """What decided the label, or why it could not be decided."""
    said = tip.labels.get(lang)
    if not said:
        return ""
    if said["label"] == "depends":
        return places(tip)
    lo, hi = said.get("lo"), said.get("hi")
    if said["label"] == "undecided" and lo and hi:
        least = re.search(r"difference of (\d+ %)", said["evidence"])
        told = f"; this run tells differences from {least[1]} up" if least else ""
        return f"bad takes {ratio(lo)} to {ratio(hi)} good’s time{told}"
    if said.get("ratio") and lo and hi:
        return time_words(said["ratio"], lo, hi)
    v = part(tip, lang or "c") or (part(tip, tip.langs()[0]) if not lang and tip.langs() else None)
    return found(tip, v) if v and said["label"] != "undecided" else open_evidence(tip, said["evidence"])


def open_evidence(tip, text):
    """The harness's own words, with those of its tables spelled out."""
    ends = re.fullmatch(r"bad ([A-Z]+)[;,] good ([A-Z]+)", text)
    if ends:
        return outcomes(*ends.groups())
    count = re.fullmatch(r"(\w+): bad (.+)[;,] good (.+)", text)
    if count and count[1] in tip.columns:
        unit = tip.column(count[1])["unit"]
        return counted(count[1], *(from_words(w, unit) for w in count.groups()[1:]))
    grown = re.fullmatch(r"bad (\w+): ([-\d.]+) to ([-\d.]+) B a request[;,] good (\w+): ([-\d.]+) to ([-\d.]+).*", text)
    if not grown:
        return text
    return "; ".join(f"memory of {t} {TRENDS.get(w, 'may grow')}, by {quantity(round(float(lo)), 'B')} to {quantity(round(float(hi)), 'B')} a request"
                     for t, w, lo, hi in (("bad", *grown.groups()[:3]), ("good", *grown.groups()[3:])))


def places(tip):
    """ "true in C and Go; a myth in C on glibc". """
    said = {}
    for lang in tip.said_in():
        said.setdefault(label(tip, lang), []).append(lang_name(lang))
    words = {"true": "true in", "myth": "a myth in", "undecided": "undecided in"}
    return "; ".join(f"{words[w]} {listing(said[w])}" for w in words if w in said)


def sentence(tip):
    """What was found, for C and each Go; alike ones together."""
    if not tip.labels:
        return old_sentence(tip)
    said = {}
    for lang in tip.said_in():
        if label(tip, lang) == "none":
            continue
        word = label_words(tip, lang)
        aside = "" if word == label(tip) else f", {word}"
        said.setdefault((aside, evidence(tip, lang)), []).append(lang_name(lang))
    return " ".join(f"{listing(langs)}{aside}: {text}." for (aside, text), langs in said.items()) or "Nothing was measured of it in this run."


def old_sentence(tip):
    """The same of a run without labels: what was measured in C, a count and a time."""
    of = [v for v in tip.verdicts if v["lang"] == "c" and v["verdict"] != EMPTY]
    of.sort(key=lambda v: tip.claim(v).get("bad") == tip.claim(v).get("good"))
    telling = [v for v in of if v["kind"] != "time"][:1] + [v for v in of if v["kind"] == "time"][:1]
    return " ".join(s[:1].upper() + s[1:] + "." for s in (found(tip, v) for v in telling)) or "Not judged in this run."


def verdict_line(tip):
    """The headline of a tip: "MYTH here: “what people say”". """
    word = label(tip)
    if word == "none":
        return tip.title
    return f"{label_words(tip).replace(word, word.upper(), 1)}{' here' * (word in ('true', 'myth', 'undecided'))}: “{tip.words['folklore']}”"


def headline(run):
    """ "Of 34 sayings 24 are myths here, 6 are true, 3 depend; 1 could not be decided." """
    said = [label(t) for t in run.tips if "" in t.labels]
    if not said:
        return f"What {number(len(run.tips))} tip{'s' * (len(run.tips) != 1)} did on this machine"
    if len(said) == len(run.tips) == 1:
        return verdict_line(run.tips[0])
    n = {w: said.count(w) for w in SIGNS}
    forms = {"myth": ("is a myth", "are myths"), "true": ("is true", "are true"), "depends": ("depends", "depend")}
    words = {w: f"{n[w]} {f[n[w] != 1]}" for w, f in forms.items()}
    open_ones = n["undecided"] + n["none"]
    rest = f"; {open_ones} could not be decided" if open_ones else ""
    return f"Of {number(len(said))} sayings {words['myth']} here, {words['true']}, {words['depends']}{rest}."


# --- the run as a whole

def untrusted(run):
    """True if a control came out different: then no time counts."""
    return any(v["verdict"] == "refuted" for v in run.null)


def control_name(run):
    """The control in a row of its own, as decide/judge_time.c has it."""
    return "control: the same code, moved" if run.moved else "control: the same program twice"


def control(run):
    """What came of the control, a program against itself."""
    said = {}
    for v in run.null:
        said.setdefault(v["verdict"], []).append(lang_name(v["lang"]))
    words = {"refuted": "came out different in {}: do not trust any time in {}",
             "unsure": "could not be decided in {}: trust no time in {}", "holds": "came out the same in {}, as it must"}
    every = [words[w].format(*[listing(said[w])] * 2) for w in words if w in said]
    what = "the same code at another place in memory" if run.moved else "the same program twice"
    return f"The control, {what}, " + "; it ".join(every) + "." if every else ""


def expected(run):
    """For those who keep the tips."""
    of = [v for t in run.tips for v in t.verdicts if v["verdict"] != EMPTY]
    alike, open_ones = sum(v["verdict"] == v["expected"] for v in of), sum(v["verdict"] == "unsure" for v in of)
    return f"For those who keep the tips: {number(alike)} of {number(len(of))} claims came out as expected; {number(open_ones)} could not be decided."
