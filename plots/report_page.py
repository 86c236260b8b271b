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

import sentences
from chart import for_page, marks
from draw_board import found_in
from run import EMPTY, ROOT
from words import number, plural, scale

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
    empty = v["verdict"] == EMPTY
    return {"lang": sentences.LANG[v["lang"]], "verdict": "none" if empty else v["verdict"],
            "words": sentences.verdict_word(v), "text": sentences.found(tip, v),
            "note": "" if empty else v.get("note", "")}


def go_differs(claim):
    """Why Go's verdict is another one, and since when."""
    since = f" (since Go {claim['go_since']})" if claim.get("go_since") else ""
    return f"In Go otherwise{since}: {claim['go_why']}" if claim.get("go_why") else ""


def claim_rows(tip):
    """Each claim with what was found about it, in every language."""
    rows = []
    for n, claim in enumerate(tip.claims):
        rows.append({"claimed": sentences.claimed(claim), "why": claim.get("why") or "", "go_why": go_differs(claim),
                     "found": [row_of(tip, v) for v in tip.verdicts if v["claim"] == n],
                     "refuted": claim.get("refuted")})
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
                      [(twin, sentences.LANG[lang], [span(a[x], by) if x in a else "" for x in tip.points])
                       for (twin, lang), a in along.items() if a]))
    return table


def badges(tip):
    return [(sentences.LANG[l], tip.verdict(l)) for l in tip.langs()]


def chart(pictures, name, links=None, titled=True):
    """Both widths of a picture, as part of the page."""
    both = {}
    for width, suffix in (("wide", ""), ("narrow", "-narrow")):
        text, drawn = pictures[name + suffix]
        both[width] = Markup(for_page(text, name + suffix, links, 0 if titled else drawn.cut))
    return both


def tip_context(run, tip, pictures, more):
    return {"tip": tip, "badges": badges(tip), "sentence": sentences.sentence(tip),
            "folklore_refuted": any(v["verdict"] == v["expected"] == "refuted" and tip.claim(v).get("refuted")
                                    for v in tip.verdicts) and any(v == "holds" for _, v in badges(tip)),
            "verdicts": " ".join(sorted({v["verdict"] for v in tip.verdicts} - {EMPTY})),
            "claims": claim_rows(tip), "counts": counts(tip), "points": [number(x) for x in tip.points],
            "diffs": diffs(tip), "dumps": dumps(run, tip), "aged": tip.words["aged"],
            "chart": chart(pictures, tip.slug, titled=False),
            "more": [(pictures[name][1].title, chart(pictures, name)) for name in more]}


def headline(run):
    holding = sum(t.verdict("c") == "holds" for t in run.tips)
    if len(run.tips) == 1:
        return run.tips[0].title
    return f"{holding} of {plural(len(run.tips), 'tip')} hold{'s' if holding == 1 else ''} on this machine"


def page(run, pictures, more):
    """The report.  pictures: {name: (SVG, the Chart it was drawn from)}; more: {tip: names of
    the charts that it has beside its card}."""
    links = {t.name: "#" + t.slug for t in run.tips}
    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.globals["include_text"] = lambda name: Markup((HERE / name).read_text("utf-8"))
    facts = [(k.replace("_", " "), v) for k, v in run.machine.items() if not isinstance(v, (dict, list)) and v != ""]
    return env.get_template("report.html.j2").render(
        run=run, headline=headline(run), facts=facts, untrusted=sentences.untrusted(run),
        has_board=bool(found_in(run)), has_go=any("go" in t.langs() for t in run.tips),
        families=list(dict.fromkeys(t.family for t in run.tips)),
        board=chart(pictures, "board", links=links), marks=Markup(marks(pictures["board"][0], "board")),
        tips=[tip_context(run, t, pictures, [more[t.name]] if t.name in more else []) for t in run.tips])
