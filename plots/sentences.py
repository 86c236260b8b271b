# SPDX-License-Identifier: MIT
"""sentences.py - what was found, in sentences.

The harness decides, and says in its tables what it found; here that is set in type and put
together.  The same sentences stand on the charts, in the report and in the descriptions for
those who cannot see a chart."""

import math
import re
from itertools import groupby

from run import EMPTY, WITHHELD
from words import alike, capital, grouped, listing, number, plural, quantity, ratio

HEAPS = {"c": "a collector", "c+glibc": "glibc", "c+mimalloc": "mimalloc"}
CLAIMED = {"FLAT": "stays flat", "GROWS": "grows", "FALLS": "falls", "OK": "answers right",
           "PANICS": "panics", "DIES": "dies", "STUCK": "gets stuck", "WRONG": "answers wrong"}
SIGNS = {"true": "✓", "myth": "✗", "depends": "◐", "undecided": "?", "none": "–"}
MEANING = {"true": ("true", "what was measured is what they say"), "depends": ("depends", "true in one place, a myth in another"),
           "undecided": ("undecided", "this run could not tell"), "myth": ("myth", "what was measured is not what they say")}
BENT = {"settles": "settles", "slows": "still grows in the end, less steeply than before", "creeps": "grows by less than 16 B a request",
        "unclear": "may grow"}


def lang_name(lang, tip=None):
    """ "go1.24" -> "Go 1.24", "c+glibc" -> "C on glibc"; C of a tip that is collected says so. """
    if lang.startswith("go"):
        return f"Go {lang[2:]}".strip()
    return f"C on {HEAPS.get(lang, lang)}" if lang != "c" or (tip and tip.collected) else "C"


def stretches(langs, among):
    """ "C, Go 1.15 and 1.21 to 1.23": releases of Go that follow one another among these as one."""
    gos = [l for l in among if l.startswith("go")]
    names = [lang_name(l).removeprefix("Go ") for l in gos]
    at = enumerate(sorted(gos.index(l) for l in langs if l in gos))
    parts = [[i for _, i in part] for _, part in groupby(at, lambda place: place[1] - place[0])]  # neighbours share the difference
    said = [words for p in parts for words in ([f"{names[p[0]]} to {names[p[-1]]}"] if len(p) > 2 else [names[i] for i in p])]
    return listing([lang_name(l) for l in langs if l not in gos] + [f"Go {words}" if i == 0 else words for i, words in enumerate(said)])


def by_label(langs, label):
    """[(where, label)]: "C and Go 1.27", "true"; label: of a language, "none" where there is none."""
    said = grouped((l, label(l)) for l in langs)
    return [(stretches(of, langs), word) for word, of in said.items() if word != "none"]


def plain(name):
    """A column's name as words: held_bytes -> "held bytes", p99_ns -> "p99 latency"."""
    words = re.sub(r"^(p\d+|max) ns$", r"\1 latency", name.replace("_", " "))
    words = re.sub(r"^rss( before| peak|) bytes$", r"resident memory\1", words)
    return re.sub(r"^gc\b", "GC", words)


def typeset(text):
    """The harness's plain letters with those of print: "8192 -> 1.5x" as "8,192 → 1.5×"."""
    text = re.sub(r"(?<![\d.])\d{4,}", lambda m: f"{int(m[0]):,}", text.replace("->", "→"))
    return re.sub(r"(?<=\d) us\b", " µs", re.sub(r"(?<=\d)x\b", "×", text)).replace(" %", "\u00a0%")


def relation(v, margin):
    """Of a time: does its interval lie outside the margin, inside it, or neither?  The rule of decide_relation()."""
    lo, hi = v["lo"] or 0, v["hi"] or math.inf
    if lo > 1 + margin:
        return "slower"
    if hi < 1 / (1 + margin):
        return "faster"
    return "same" if lo > 1 / (1 + margin) and hi < 1 + margin else "unsure"


def interval(v):
    return f"bad takes {ratio(v['lo'])} to {ratio(v['hi'])} good’s time" if v["lo"] and v["hi"] else "time was not measured"


def found(v):
    """What the run found about one claim.  Older runs have no sentence on it."""
    if v["verdict"] == EMPTY or v.get("note") == WITHHELD:
        return v["note"]
    if v.get("sentence"):
        return typeset(v["sentence"])
    if v["kind"] == "time":
        return interval(v)
    return typeset(f"{plain(v['column'])}: bad {v['bad']}, good {v['good']}").replace("B/op", "B a request")


def ending(v):
    """How bad came out, in words; of a death the harness says what it was of."""
    return (v.get("sentence") or "").removeprefix("bad ").partition(";")[0] or CLAIMED.get(v["bad"], "")


def runs_out(tip):
    """Does bad die of a limit of memory?"""
    return any("memory" in ending(v) for v in tip.verdicts if v["kind"] == "outcome" and v["bad"] == "DIES")


def verdict_word(v):
    """For those who keep the tips: did it come out as claimed?"""
    if v["verdict"] in (EMPTY, "unsure"):
        return "not decided" * (v["verdict"] == "unsure")
    return "as expected" if v["verdict"] == v["expected"] else "not as expected"


def claimed(claim):
    """What the claim says, in words."""
    column, least = claim.get("column", ""), claim.get("ratio") or 0
    said = [(t, claim.get(t, "").upper()) for t in ("bad", "good")]
    if column == "time":
        words = ("bad takes as long as good" if said[0][1] == "SAME" else
                 f"bad takes at least {least:g}× as long" if least else "bad is slower")
        return words + (f" on {claim['heap']}" if claim.get("heap") else "")
    words = ", ".join(f"{t} {CLAIMED[w]}" for t, w in said if w in CLAIMED)
    return words if column == "outcome" else f"{plain(column)}: {words}"


def answers(v, claim, margin):
    """What was found about a claim in the words of a prediction, of bad and of good; of time one word.  "" where
    the run has not decided it."""
    if v["verdict"] == "unsure":
        return "", ""
    if v["column"] == "outcome":
        return v["bad"].lower(), v["good"].lower()
    if v["column"] != "time":
        return tuple(claim.get(t, "").lower() if v["verdict"] == "holds" else "" for t in ("bad", "good"))
    return (relation(v, margin).replace("unsure", ""),)


def memory(tip, twin, lang):
    """(bytes a request, in words) of a twin whose memory was followed; None where it is no straight line."""
    of = tip.slopes.get((twin, lang), {})
    each, lo, hi, trend = (of.get(k) for k in ("bytes_per_op", "lo", "hi", "trend"))
    if None in (each, lo, hi):
        return None, "is not told"
    if trend in BENT:
        return None, BENT[trend]
    return (each, f"{'+' if each > 0 else '−'}{quantity(round(abs(each)), 'B')} each") if lo * hi > 0 else (0, "does not grow")


# --- labels

def label(tip, lang=""):
    """The label of its saying; "none" where the run gave none."""
    said = tip.labels.get(lang, {}).get("label", "")
    return said if said in SIGNS else "none"


def label_words(tip, lang=""):
    """ "myth", "depends on the heap", "no label"."""
    word, on = label(tip, lang), tip.labels.get(lang, {}).get("on", "")
    return "no label" if word == "none" else f"depends on {on}" if word == "depends" and on else word


def evidence(tip, lang=""):
    """What decided the label, or why it could not be decided; and where a saying is about a size, which."""
    found = tip.labels.get(lang, {})
    words, said = typeset(found.get("evidence", "")), typeset(found.get("said", ""))
    if found.get("label") not in ("myth", "undecided") or words == WITHHELD:
        return words
    if found["label"] == "undecided" and found["lo"] and found["hi"]:
        words = interval(found) + f"; {words}" * (not words.startswith("bad "))
    return f"said: {said}; measured: {words}" if found["ratio"] and (found["label"] == "undecided" or re.search(r"\d", said)) and said else words


def elsewhere(tip):
    """Where the saying has another label: "undecided in Go 1.24"; of one that depends, where it is what."""
    if label(tip) == "depends":
        return evidence(tip)
    return "; ".join(f"{found} in {where}" for where, found in by_label(tip.said_in, lambda l: label(tip, l)) if found != label(tip))


def part(tip, lang):
    """The verdict on what the saying is about, or None."""
    columns = [s["column"] for s in tip.words.get("says") or []]
    return next((v for v in tip.verdicts if v["lang"] == lang and v["column"] in columns and v["verdict"] != EMPTY), None)


def sentence(tip):
    """What was found, for C and each Go that panels show; alike ones together.  Of a run without
    labels, all that was found in C."""
    if tip.labels:
        told = [l for l in tip.said_in if label(tip, l) != "none" and (not l.startswith("go") or l in tip.shown)]
        said = [(lang_name(l, tip), f"{'' if label_words(tip, l) == label(tip) else ', ' + label_words(tip, l)}: {evidence(tip, l)}.")
                for l in told]
        return " ".join(langs + text for langs, text in alike(said)) or "Nothing was measured of it in this run."
    said = [capital(found(v)) + "." for v in tip.verdicts if v["lang"] == "c" and v["verdict"] != EMPTY]
    return " ".join(said) or "Not judged in this run."


def verdict_line(tip):
    """The headline of a tip: "MYTH here: “what people say”", or "TRUE in C, undecided in Go 1.19"."""
    word = label(tip)
    if word == "none":
        return tip.title
    words = label_words(tip).replace(word, word.upper(), 1)
    if word != "depends":
        there = next((where for where, found in by_label(tip.said_in, lambda l: label(tip, l)) if found == word), "")
        words += f" in {there}, {elsewhere(tip)}" if elsewhere(tip) and there else " here"
    return f"{words}: “{tip.words['folklore']}”"


def headline(run):
    """ "Of 34 sayings 24 are myths here, 6 are true, 3 depend; 1 could not be decided." """
    said = [label(t) for t in run.tips if "" in t.labels]
    if not said:
        return f"What {plural(len(run.tips), 'tip')} did on this machine"
    if len(said) == len(run.tips) == 1:
        return verdict_line(run.tips[0])
    forms = {"myth": ("is a myth", "are myths"), "true": ("is true", "are true"), "depends": ("depends", "depend")}
    words = [f"{said.count(w)} {f[said.count(w) != 1]}" + " here" * (w == "myth") for w, f in forms.items()
             if w != "depends" or w in said]
    rest = len(said) - sum(map(said.count, forms))
    return f"Of {number(len(said))} sayings {', '.join(words)}" + f"; {rest} could not be decided" * bool(rest) + "."


# --- the run as a whole

def control_name(run):
    """The control in a row of its own."""
    return "control: the same code, moved" if run.moved else "control: the same program twice"


def control(run):
    """What came of the control, a program against itself."""
    words = {"refuted": "came out different in {0}: do not trust any time in {0}",
             "unsure": "could not be decided in {0}: trust no time in {0}", "holds": "came out the same in {0}, so times in {0} count"}
    found = [(lang_name(v["lang"]), w) for w in words for v in run.null if v["verdict"] == w]
    every = [words[w].format(langs) for langs, w in alike(found)]
    if len(found) > 3 and found[-1][1] == "holds":  # the others have been named, and a list of nine is not read
        every[-1] = "came out the same everywhere" + (" else, so those times count" if len(every) > 1 else ", so times count")
    what = "the same code at another place in memory" if run.moved else "the same program twice"
    return f"The control, {what}, " + "; it ".join(every) + "." if every else ""
