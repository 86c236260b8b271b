# SPDX-License-Identifier: MIT
"""report_page.py - report.html: what the page's template needs, and nothing of how it looks.

One self-contained page: style, script and pictures are inside it, so it can be
mailed, put on a wiki, opened without a network and printed."""

import re
from difflib import unified_diff
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import CLexer, GoLexer

import detectors
import facts
import overview
import sentences
from chart import MARKS, for_page
from draw_board import timed
from run import ROOT
from words import number, scale

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


def diff(tip, suffix):
    """[(kind, HTML)] of the two files in one column: same, bad, good, or skip, where the twins
    are long and do not differ."""
    bad, good = (code_lines(ROOT / "patterns" / tip.name / f"{twin}.{suffix}") for twin in ("bad", "good"))
    html, a, b = dict(bad + good), [line for line, _ in bad], [line for line, _ in good]
    context = CONTEXT if len(a) + len(b) > 120 else 120
    lines = list(unified_diff(a, b, n=context, lineterm=""))[2:]  # without the names of the files
    return [(KINDS[l[0]], Markup(html.get(l[1:], "⋯"))) for l in lines if not l.startswith("@@ -1,")]


def dumps(run, tip):
    """[(twin, lines)] of what a twin's tasks were doing when it was found stuck."""
    for path in sorted((run.folder / "dumps").glob(f"{tip.slug}-*.txt"), key=lambda p: p.stem):
        whose = re.fullmatch(r"(bad|good)(?:-(go.*))?", path.stem.removeprefix(tip.slug + "-"))
        lines = path.read_text("utf-8", errors="replace").expandtabs(4).splitlines()
        if whose:
            yield (" in ".join([whose[1], *map(sentences.lang_name, filter(None, [whose[2]]))]),
                   lines[:DUMP_LINES] + ["⋯"] * (len(lines) > DUMP_LINES))


def span(values, by):
    """One number, or least to most where processes differ."""
    return " – ".join(dict.fromkeys(number(f(values) / by) for f in (min, max)))


def counts(tip):
    """[(column, [(twin, language, a value for each point)])] of the counts table."""
    names = dict.fromkeys([c["column"] for c in tip.claims if c["column"] not in ("time", "outcome")] + ["rss_bytes"])
    for name in names:
        along = {(t, l): tip.along(name, t, l) for t in ("bad", "good") for l in tip.shown()}
        every = [y for a in along.values() for ys in a.values() for y in ys]
        unit, by = scale(tip.column(name)["unit"], max(every, default=0))
        if every:
            yield sentences.with_unit(name, unit), [(twin, sentences.lang_name(lang), [span(a[x], by) if x in a else "" for x in tip.points])
                                                    for (twin, lang), a in along.items() if a]


def times(run):
    """{tip, None for the control: {"claimed", and what was found in "c" and "go"}}, as on the board."""
    rows = {}
    for f in timed(run):
        if "+" not in f.v["lang"]:
            row = rows.setdefault(f.tip, {"claimed": f.claimed(), "c": None, "go": None})
            row["go" if f.go else "c"] = f
    return rows


def page(run, pictures, more):
    """The report.  pictures: {name: (SVG, the Chart it was drawn from)}; more: {tip: names of
    the charts that it has beside its card}."""

    def picture(name, titled=True):
        text, drawn = pictures[name]
        return Markup(for_page(text, 0 if titled else drawn.cut))

    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.filters |= {"place": overview.place, "number": number, "capital": sentences.capital, "ratio": sentences.ratio,
                    "of_verdict": sentences.verdict_word}
    return env.get_template("report.html.j2").render(
        run=run, words=sentences, overview=overview, text_of=lambda name: Markup((HERE / name).read_text("utf-8")),
        picture=picture, titles={name: drawn.title for name, (_, drawn) in pictures.items()}, more=more,
        marks=Markup(re.search(MARKS, pictures["board"][0], re.S)[0]), times=times(run),
        facts=facts, aged=facts.facts(run), slugs={t.name: t.slug for t in run.tips},
        detectors=detectors, told=detectors.read(ROOT, run.folder.parent),
        labels={sentences.label(t) for t in run.tips}, has_go=any(t.gos() for t in run.tips), diff=diff, dumps=dumps, counts=counts)
