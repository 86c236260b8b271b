# SPDX-License-Identifier: MIT
"""report_page.py - report.html: what the page's template needs, and nothing of how it looks.

One self-contained page: style, script and pictures are inside it, so it can be
mailed, put on a wiki, opened without a network and printed."""

from difflib import unified_diff
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import CLexer, GoLexer

import overview
import sentences
from chart import for_page, marks
from run import ROOT
from words import number, ratio, scale

HERE = Path(__file__).resolve().parent
LEXERS = {".c": CLexer, ".h": CLexer, ".go": GoLexer}
DUMP_LINES = 24  # the beginning says it all: the rest is in the run's folder
CONTEXT = 12  # equal lines kept around a difference of long twins
KINDS = {" ": "same", "-": "bad", "+": "good", "@": "skip"}  # by how difflib marks a line


def code_lines(path):
    """[(line, the line as HTML)]; none if the twin is not there."""
    if not path.exists():
        return []
    text = path.read_text("utf-8").expandtabs(4)
    html = highlight(text, LEXERS[path.suffix](stripnl=False), HtmlFormatter(nowrap=True))
    return list(zip(text.split("\n"), html.split("\n")))[:len(text.splitlines())]


def diff(bad, good):
    """[(kind, HTML)] of the two files in one column: same, bad, good, or skip, where the twins
    are long and do not differ."""
    html = dict(code_lines(bad) + code_lines(good))
    a, b = ([line for line, _ in code_lines(path)] for path in (bad, good))
    context = CONTEXT if len(a) + len(b) > 120 else 120
    lines = list(unified_diff(a, b, n=context, lineterm=""))[2:]  # without the names of the files
    return [(KINDS[l[0]], html.get(l[1:], "⋯")) for l in lines if not l.startswith("@@ -1,")]


def diffs(tip):
    folder = ROOT / "patterns" / tip.name
    said = [("C", diff(folder / "bad.c", folder / "good.c")),
            ("Go", diff(folder / "bad.go", folder / "good.go"))]
    return [(lang, [(kind, Markup(html)) for kind, html in lines]) for lang, lines in said if lines]


def dumps(run, tip):
    """[(twin, lines)] of what a twin's tasks were doing when it was found stuck."""
    said = []
    for twin, suffix in (("bad", "bad"), ("good", "good"), ("bad in Go", "bad-go"), ("good in Go", "good-go")):
        path = run.folder / "dumps" / f"{tip.slug}-{suffix}.txt"
        if path.exists():
            lines = path.read_text("utf-8", errors="replace").expandtabs(4).splitlines()
            said.append((twin, lines[:DUMP_LINES] + ["⋯"] * (len(lines) > DUMP_LINES)))
    return said


def row_of(tip, v):
    word = sentences.verdict_word(v)
    text = "; ".join(filter(None, (sentences.found(tip, v), v["kind"] == "time" and sentences.placed(tip.times.get(v["lang"])))))
    return {"lang": sentences.lang_name(v["lang"]), "words": "" if word == "as expected" else word, "text": text}


def go_differs(claim):
    """Why Go's verdict is another one, and since when."""
    since = f" (since Go {claim['go_since']})" if claim.get("go_since") else ""
    return f"In Go otherwise{since}: {claim['go_why']}" if claim.get("go_why") else ""


def claim_rows(tip):
    """Each claim with what was found about it, in every language."""
    rows = []
    for n, claim in enumerate(tip.claims):
        rows.append({"claimed": sentences.claimed(claim), "why": claim.get("why") or "", "go_why": go_differs(claim),
                     "found": [row_of(tip, v) for v in tip.verdicts if v["claim"] == n]})
    return rows


def span(values, by):
    """One number, or least to most where processes differ."""
    least, most = number(min(values) / by), number(max(values) / by)
    return least if least == most else f"{least} – {most}"


def counts(tip):
    """[(column, [(twin, language, a value for each point)])] of the counts table."""
    table = []
    names = dict.fromkeys(c["column"] for c in tip.claims if c["column"] not in ("time", "outcome"))
    for name in list(names) + [n for n in ["rss_bytes"] if n not in names]:
        along = {(t, l): tip.along_dial(name, t, l) for t in ("bad", "good") for l in ("c", "go")}
        every = [y for a in along.values() for ys in a.values() for y in ys]
        if not every:
            continue
        unit, by = scale(tip.column(name)["unit"], max(every))
        table.append((sentences.with_unit(name, unit),
                      [(twin, sentences.lang_name(lang), [span(a[x], by) if x in a else "" for x in tip.points])
                       for (twin, lang), a in along.items() if a]))
    return table


def badge(tip, lang=""):
    word = sentences.label(tip, lang)
    return {"label": word, "sign": sentences.SIGNS[word], "words": sentences.label_words(tip, lang)}


def labels(tip):
    """[(language, badge, what decided it)] for C, its heaps, and each Go."""
    return [(sentences.lang_name(l), badge(tip, l), sentences.evidence(tip, l)) for l in tip.said_in()]


def effect(tip, lang):
    """(the biggest effect in words, a number to sort by) in a language: what leaks, or a ratio of times."""
    found = overview.leak(tip, lang) if lang else None
    if found:
        return found["memory"] + " a request" if found["memory"] else found["count"], found["bytes"]
    v, time = sentences.part(tip, lang), tip.times.get(lang)
    if v and v["kind"] == "outcome":
        return sentences.outcomes(v["bad"], "-").removeprefix("bad "), 0
    if v and v["kind"] != "time" and v.get("bad_first") is not None:
        return sentences.did(v, "bad", tip.column(v["column"])["unit"]), 0
    if not time or None in (time["ratio"], time["lo"], time["hi"]):
        return "", 0
    if time["relation"].lower() == "unsure" and (time["lo"] <= 1 <= time["hi"] or not v or v["verdict"] == "unsure"):
        return "undecided", 0
    return ratio(time["ratio"]) + " the time", max(time["ratio"], 1 / time["ratio"])


def index_row(tip):
    langs = overview.shown_langs(tip)
    c, go = ("c" if "c" in langs else ""), next((l for l in langs if l != "c"), "")
    return {"c": effect(tip, c)[0], "go": effect(tip, go)[0], "size": f"{max(effect(tip, c)[1], effect(tip, go)[1]):.4g}",
            "order": list(sentences.SIGNS).index(sentences.label(tip)),
            "evidence": sentences.evidence(tip) or sentences.sentence(tip)}


def chart(pictures, name, titled=True):
    """Both widths of a picture, as part of the page."""
    both = {}
    for width, suffix in (("wide", ""), ("narrow", "-narrow")):
        text, drawn = pictures[name + suffix]
        both[width] = Markup(for_page(text, name + suffix, 0 if titled else drawn.cut))
    return both


def tip_context(run, tip, pictures, more):
    return {"tip": tip, "badge": badge(tip), "labels": labels(tip), "row": index_row(tip), "sentence": sentences.sentence(tip),
            "claims": claim_rows(tip), "counts": counts(tip), "points": [number(x) for x in tip.points],
            "diffs": diffs(tip), "dumps": dumps(run, tip),
            "chart": chart(pictures, tip.slug, titled=False),
            "more": [(name, pictures[name][1].title, chart(pictures, name)) for name in more]}


def page(run, pictures, more):
    """The report.  pictures: {name: (SVG, the Chart it was drawn from)}; more: {tip: names of
    the charts that it has beside its card}."""
    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.globals["include_text"] = lambda name: Markup((HERE / name).read_text("utf-8"))
    facts = [(k.replace("_", " "), v) for k, v in run.machine.items() if not isinstance(v, (dict, list)) and v != ""]
    return env.get_template("report.html.j2").render(
        run=run, headline=sentences.headline(run), control=sentences.control(run), control_name=sentences.control_name(run), expected=sentences.expected(run),
        facts=facts, untrusted=sentences.untrusted(run), has_go=any(len(t.langs()) > 1 for t in run.tips),
        families=list(dict.fromkeys(t.family for t in run.tips)), marks=Markup(marks(pictures["board"][0], "board")),
        leaks=overview.leaks(run), held=overview.held(run), times=overview.times(run), axis=overview.axis(),
        band=overview.band(run.margin()), shown={w: s for w, s in sentences.SIGNS.items() if any(sentences.label(t) == w for t in run.tips)},
        tips=[tip_context(run, t, pictures, [more[t.name]] if t.name in more else []) for t in run.tips])
