# SPDX-License-Identifier: MIT
"""page.py - report.html: what the page's template needs, and nothing of how it looks.

One self-contained page: style, script and pictures are inside it, so it can be
mailed, put on a wiki, opened without a network and printed."""

import math
import re
from difflib import unified_diff
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import CLexer, GoLexer

import sentences
from chart import MARKS, for_page
from draw_board import key_to_sizes, timed
from report import article, detectors, facts, symptoms
from run import ROOT, age
from sentences import BENT, ending, found, lang_name, memory, part, plain, runs_out
from words import between, number, quantity, ratio

HERE = Path(__file__).resolve().parent
LEXERS = {".c": CLexer, ".h": CLexer, ".go": GoLexer}
DUMP_LINES = 24  # the beginning says it all: the rest is in the run's folder
CONTEXT = 12  # equal lines kept around a difference of long twins
LEFT = ("tasks", "timers", "contexts", "channels", "descriptors")  # what a request may leave behind
HELD = ("idle_bytes", "held_bytes")  # bytes that are held, but not by each request
LEAST, MOST = 1 / 4, 8  # the ends of the axis of times
KINDS = {" ": "same", "-": "bad", "+": "good", "@": "skip"}  # by how difflib marks a line


def code_lines(path):
    """[(line, the line as HTML)]; none if the twin is not there."""
    if not path.exists():
        return []
    text = path.read_text("utf-8").expandtabs(4)
    html = highlight(text, LEXERS[path.suffix](stripnl=False), HtmlFormatter(nowrap=True))
    return list(zip(text.split("\n"), html.split("\n")))[:len(text.splitlines())]


def diff(name, suffix, tree=ROOT / "patterns"):
    """[(kind, HTML)] of the two files in one column: same, bad, good, or skip, where the twins
    are long and do not differ."""
    bad, good = (code_lines(tree / name / f"{twin}.{suffix}") for twin in ("bad", "good"))
    html, a, b = dict(bad + good), [line for line, _ in bad], [line for line, _ in good]
    context = CONTEXT if len(a) + len(b) > 120 else 120
    lines = list(unified_diff(a, b, n=context, lineterm=""))[2:]  # without the names of the files
    return [(KINDS[l[0]], Markup(html.get(l[1:], "⋯"))) for l in lines if not l.startswith("@@ -1,")]


def dumps(run, tip):
    """[(twin, lines)] of what a twin's tasks were doing when it was found stuck."""
    for path in sorted((run.folder / "dumps").glob(f"{tip.slug}-*.txt"), key=lambda p: p.stem):
        twin, _, lang = path.stem.removeprefix(tip.slug + "-").partition("-")
        lines = path.read_text("utf-8", errors="replace").expandtabs(4).splitlines()
        if twin in ("bad", "good"):
            yield twin + f" in {lang_name(lang)}" * bool(lang), lines[:DUMP_LINES] + ["⋯"] * (len(lines) > DUMP_LINES)


# --- what leaks, and what is slow

def verdict_on(tip, lang, columns):
    """The claim that came out: bad has ever more of this, good has not."""
    return next((v for c in columns for v in tip.verdicts if v["lang"] == lang and v["verdict"] == "holds" and v["column"] == c
                 and tip.claim(v).get("bad", "").upper() == "GROWS" and v.get("bad_last") is not None), None)


def left_words(v):
    """What the verdict says that a request of bad leaves, and one of good; or from where to where it rises."""
    if not v:
        return "", ""
    if found(v).startswith("bad leaves "):
        return found(v).removeprefix("bad leaves ").replace(" a request", "").partition("; good ")[::2]
    return f"{plain(v['column'])}: {v['bad_first']:,.0f} → {v['bad_last']:,.0f} in all", "" if v["good_last"] else "none"


def claims_growth(tip):
    """Is it about memory?  Of another tip what grows a little, such as of tasks that end late, is no leak."""
    return any(c["column"] == "rss_bytes" and c.get("bad", "").upper() == "GROWS" for c in tip.claims)


def leak(tip, lang):
    """What each request of bad leaves behind, and of good; None if it is nothing."""
    v, left = verdict_on(tip, lang, LEFT), []
    counts = left_words(v)
    for twin, count in zip(("bad", "good"), counts):
        size, words = memory(tip, twin, lang)
        grown = quantity(round(size), "B") if size else f"memory {words}" * (words in BENT.values())
        left.append((", ".join(filter(None, (count, grown))), size or 0))
    (bad, size), (good, _) = left
    if tip.dial != "ops" or not (counts[0] or size > 0 and claims_growth(tip)):
        return None
    return {"lang": lang_name(lang, tip), "bytes": size, "bad": bad, "good": good or "nothing"}


def leaks(run):
    """[(tip, what it leaks in C and in the newest Go)], the costliest first."""
    every = [(t, list(filter(None, (leak(t, lang) for lang in t.shown[:2])))) for t in run.tips]
    return sorted(((t, left) for t, left in every if left), key=lambda f: -f[1][0]["bytes"])


def held(run):
    """[(tip, what bad holds, what good does, where)] of tips that hold memory, but not more with
    each request."""
    for t in run.tips:
        v = verdict_on(t, t.home, HELD)
        if v and not leak(t, t.home):
            yield t, quantity(v["bad_last"], "B"), quantity(v["good_last"] or 0, "B"), f"{t.points[-1]:,} {t.dial_unit}"
        elif runs_out(t):
            yield t, "runs out of memory", "answers right", ""


def place(r):
    """Of a ratio of times on the logarithmic axis, in percent."""
    return 100 * math.log(min(max(r, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)


def effect(tip, lang):
    """(the biggest effect in words, a number to sort by) in a language: what leaks, what the saying
    is about, or a ratio of times."""
    left, v, time = leak(tip, lang), part(tip, lang), tip.times.get(lang)
    if left:
        count, rest, memory_words = left["bad"].partition(", memory ")
        return count + " a request" * (not re.search("request|in all|before", count)) + rest + memory_words, left["bytes"]
    if v and v["kind"] == "outcome":
        return ending(v), 0
    if v and v["kind"] != "time" and v.get("bad_first") is not None:
        unit = tip.column(v["column"])["unit"]
        ends = [quantity(v[k], unit if unit in ("B", "ns", "%") else "") for k in ("bad_first", "bad_last")]
        return f"{plain(v['column'])}: {' → '.join(dict.fromkeys(ends))}", 0
    if not time or not time["ratio"]:
        return "", 0
    if time["note"]:
        return "withheld", 0
    if (v if v and v["kind"] == "time" else time)["verdict"] == "unsure":
        return f"{between(time['lo'], time['hi'])} the time" if time["lo"] and time["hi"] else "undecided", 0
    return ratio(time["ratio"]) + " the time", max(time["ratio"], 1 / time["ratio"])


def times(run):
    """{tip, None for the control: {language: what was found}}, as on the board."""
    rows = {}
    for f in timed(run):
        rows.setdefault(f.tip, {"c": None, "go": None})["go" if f.v["lang"].startswith("go") else f.v["lang"]] = f
    return rows


def slow(rows):
    """(what makes a request slower for certain, the worst first; where that was timed): in C, or in Go
    of a run in Go alone."""
    of_tips = [row for tip, row in rows.items() if tip]
    where = "c" if any(row["c"] for row in of_tips) else "go"
    found = [row[where] for row in of_tips if row[where] and row[where].mark == "slower"]
    return sorted(found, key=lambda f: -f.v["ratio"]), {"c": "C", "go": "Go"}[where]


def page(run, pictures, charts):
    """The report.  pictures: {name: its SVG}, of these charts."""
    drawn = {c.name: c for c in charts}

    def picture(name, titled=True):
        return Markup(for_page(pictures[name], 0 if titled else drawn[name].cut))

    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.filters |= {"place": place, "number": number, "capital": sentences.capital, "ratio": ratio, "between": between, "of_verdict": sentences.verdict_word}
    timed_rows = times(run)
    return env.get_template("report.html.j2").render(
        run=run, words=sentences, picture=picture, drawn=drawn, text_of=lambda name: Markup((HERE / name).read_text("utf-8")),
        leaks=leaks(run), held=list(held(run)), times=timed_rows, slowest=slow(timed_rows), ends=(LEAST, MOST), sizes=key_to_sizes(timed(run)),
        facts=facts, aged=facts.facts(run), of_name={t.name: t for t in run.tips},
        symptoms=symptoms.tree(run), article=article, asserted=article.of_run(run),
        detectors=detectors, told=detectors.read(run.tree, run.folder.parent),
        labels={l: [t for t in run.tips if sentences.label(t) == l] for l in map(sentences.label, run.tips)}, has_go=any(t.gos for t in run.tips),
        newest=max((t.gos[-1] for t in run.tips if t.gos), key=age, default=""), effect=effect, diff=partial(diff, tree=run.tree), dumps=dumps,
        marks=Markup(next((m[0] for p in pictures.values() if (m := re.search(MARKS, p, re.S))), "")))
