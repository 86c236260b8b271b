#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""slides.py [FAMILY] - a deck of 90 minutes for each family: results/slides/FAMILY.html, which
needs no network, FAMILY.pdf, and FAMILY-notes.html, what to say and at which minute.

The words are those of the tips' pages, the charts and findings those of a run.  Of each tip the
class first hears the saying, then sees the program, and predicts; only then comes what was found.
Nothing is decided here.

A slide is 1280 x 720.  Code is never smaller than 22 pixels, which the last row can read: what
is too long for that goes on on a slide of its own."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from html import unescape
from math import ceil
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "plots"), str(HERE.parents[1] / "bench/python")]

import broken_pipe
import sentences
from ballots import columns
from chart import MARKS, NARROW, Chart, draw, for_page, need_programs
from draw_card import COLUMNS, fill
from panels import panels_of
from report.page import code_lines, diff, dumps
from run import ROOT, Run, Trouble, words
from words import capital, plural

MINUTES, FIRST, LAST = 90, 4, 2  # of the deck, of its first slide, of its last one
LEAST, MOST = 22, 30  # pixels: letters of code
CODE_WIDTH = 1130     # pixels
ROOM = 530            # pixels: for code, and the words beside it
AROUND = 3       # lines of code that are shown around a difference
TWO_CHARTS = 2
ABOVE_CHARTS = 3          # lines of words that leave charts large enough to be read
SAID_ACROSS = 95          # letters in such a line, and in one of a dump
DUMP_ROWS = 14
IN_CLASS = 8     # tips in the 90 minutes; the others follow behind the last slide
ALIKE = ('#include "scene.h"', "const struct twin THIS = { op };")  # what stands in every twin
QUESTIONS = {"outcome": "ok, stuck, panics, wrong or dies?", "time": "slower, the same or faster?"}
WEIGHTS = {"say": 1, "predict": 4, "found": 3, "difference": 2, "why": 2, "go": 1, "class": 2}  # how the minutes of a tip are shared


@dataclass
class Slide:
    kind: str     # one of WEIGHTS, or first, last
    title: str
    body: dict    # what the template shows
    notes: list   # HTML, a paragraph each
    tip: str = ""
    minute: float = 0  # at which it is shown
    lasts: float = 0   # minutes


# --- code, so that it can be read

def tall(lines, size):
    """How much room lines of code need, in pixels; a long one is broken."""
    across = CODE_WIDTH / (0.602 * size)
    return sum(max(1, ceil(len(text) / across)) for text, *_ in lines) * 1.27 * size


def cut(lines, room):
    """Where to break them in parts of about one size that fit: at an empty line if one is near, rather between two
    functions."""
    parts = ceil(tall(lines, LEAST) / room)
    fits = [i for i in range(1, len(lines)) if tall(lines[:i], LEAST) <= room]

    def gain(i):
        empty = not lines[i][0].strip("⋯ ")
        return 5 * empty + 5 * (empty and lines[i - 1][0] in ("}", "};"))
    return min(fits, key=lambda i: abs(i - len(lines) / parts) - gain(i))


def in_pages(lines, room):
    """[(lines, size of their letters)]: as large as the room allows, but rather smaller than broken; on several slides
    if they would be too small on one."""
    lines = trimmed(lines)
    if tall(lines, LEAST) > room:
        at = cut(lines, room)
        return in_pages(lines[:at], room) + in_pages(lines[at:], room)
    sizes = [size for size in range(MOST, LEAST - 1, -1) if tall(lines, size) <= room]
    return [(lines, next((size for size in sizes if tall(lines, size) <= len(lines) * 1.27 * size), sizes[0]))]


def trimmed(lines):
    """Without empty lines at the ends."""
    full = [i for i, (text, *_) in enumerate(lines) if text.strip()]
    return lines[full[0]:full[-1] + 1] if full else []


def program(tip, face, room):
    lines = code_lines(ROOT / "patterns" / tip / face)
    return in_pages([(text, "", html) for text, html in lines if text not in ALIKE], room)


def short_diff(tip, room):
    """The lines that differ, and AROUND of those beside them; between two such places an ellipsis."""
    lines = [(unescape(re.sub("<[^>]*>", "", html)), kind, html) for kind, html in diff(tip, "c")]
    lines = [line for line in lines if line[0] not in ALIKE]
    near = {k for i, (_, kind, _) in enumerate(lines) if kind in ("bad", "good") for k in range(i - AROUND, i + AROUND + 1)}
    shown = []
    for i, line in enumerate(lines):
        if i in near:
            shown.append(line)
        elif i - 1 in near and any(k > i for k in near):
            shown.append(("⋯", "skip", "⋯"))
    return in_pages(shown, room)


def rows(lines):
    """That they take on a slide."""
    return sum(max(1, ceil(len(line) / SAID_ACROSS)) for line in lines)


# --- the slides of a tip

def asked(tip):
    """[(what, answers)] for each column that the class predicts."""
    for column in columns(tip):
        what = {"outcome": "how it ends", "time": "time"}.get(column) or sentences.plain(column)
        yield what, ("bad against good: " if column == "time" else "bad: … good: … ") + QUESTIONS.get(column, "grows, flat or falls?")


def pictures(run, tip, folder):
    """[(SVG, how much of its top to leave away)]: one or two panels of the tip's card, each as wide as on a phone, so
    that its letters are large."""
    made = []
    for n, panel in enumerate(panels_of(tip)[:TWO_CHARTS]):
        key = [("bad", "disc", "bad"), ("good", "square", "good")]
        chart = Chart(f"{tip.slug}-{n}", "card", NARROW, tip.title, sentences.sentence(tip), COLUMNS, key=key)
        fill(chart, [panel], tip.shown)
        draw(chart, folder)
        made.append(((folder / f"{chart.name}.svg").read_text("utf-8"), chart.cut))
    return made


def text_room(text):
    """Of a paragraph beside code."""
    return 33 * ceil(len(text) / 86) + 20


def stuck_in(tip, lines):
    """Of a dump: why it was made, and as many of the tasks that wait in the twin as there is room for, without the
    harness that called it."""
    why, *tasks = "\n".join(lines).split("\n\n")
    shown = [why]
    for task in (t for t in tasks if f"/{tip['name']}/" in t):
        more = [*shown, "", *(line for line in task.splitlines() if " at bench/" not in line)]
        if len(shown) > 1 and rows(more) > DUMP_ROWS:
            break
        shown = more
    return shown[:DUMP_ROWS]


def found_in(there):
    """The sentences of the first two languages; what is the same in both is said once."""
    langs = {}
    for lang in there.said_in:
        if lang in there.shown[:2] and (evidence := sentences.evidence(there, lang)):
            langs.setdefault(evidence, []).append(sentences.lang_name(lang, there))
    return [f"{' and '.join(names)}: {evidence}." for evidence, names in langs.items()] or [sentences.sentence(there)]


def found_slide(run, tip, seen, folder):
    """What the run found; of a tip that is not in it, the command that measures it.  Where nothing can be drawn: what
    its tasks were doing, or else what somebody sees who has the mistake."""
    there = next((t for t in run.tips if t.name == tip["name"]), None)
    if not there:
        return {"label": "", "sentences": [f"Not measured in this run: make bench QUICK=1 TIP={tip['name']}"], "charts": [], "dump": [], "seen": ""}, []
    label, charts = sentences.label(there), pictures(run, there, folder)
    dump = [] if charts else next((stuck_in(tip, lines) for twin, lines in dumps(run, there) if twin == "bad"), [])
    notes = [f"{sentences.lang_name(v['lang'], there)}: {sentences.claimed(there.claim(v))}? {capital(sentences.found(v))}"
             for v in there.verdicts if v["lang"] in there.shown[:2] and v["verdict"] != "-"]
    return {"label": label, "sign": sentences.SIGNS[label], "word": sentences.label_words(there), "sentences": found_in(there),
            "charts": charts, "dump": dump, "seen": "" if charts or dump else seen}, notes


def slides_of(run, tip, folder):
    from pages import html, keys, numbered, opening, page_of

    name, page = tip["name"], page_of(tip["name"])

    def slide(kind, title, notes, **body):
        return Slide(kind, title, body, notes, name)

    yield slide("say", "What people say", [
        "Read it aloud. Who says: true? A myth? It depends? Count the hands, write the numbers down, and let nobody explain yet.",
        f"The class may say it in a browser: <code>make predict TIP={name}</code>"], text=tip["folklore"])
    questions = list(asked(tip))
    programs = program(name, "bad.c", ROOM - 40 - 36 * len(questions))
    for n, (part, size) in enumerate(programs):
        last = n == len(programs) - 1
        yield slide("predict", "What will happen?" if last else "The program", [
            "A minute alone, a minute with a neighbour; then each says what the columns below will do.",
            f"<b>Not yet:</b> {html(page['What you see'])}"] if last else ["Read on: the questions are on the next slide."],
            file=f"{name}/bad.c", code=part, letters=size, asked=questions if last else [])
    body, notes = found_slide(run, tip, html(page["What you see"]), folder)
    notes = ["First ask one who was right why, then one who was not."] + notes
    if body["charts"] and rows(body["sentences"]) > ABOVE_CHARTS:
        yield slide("found", "What was found", notes, **body | {"charts": []})
        body, notes = body | {"sentences": []}, ["The same, drawn."]
    yield slide("found", "What was found", notes, **body)
    for part, size in short_diff(name, ROOM - text_room(tip["rule"])):
        yield slide("difference", "The difference", [html(page["What to do"])], file="bad.c → good.c", code=part, letters=size, text=tip["rule"])
    yield slide("why", "Why, and when not to", [html(page["Why"]), html("**When not to.** " + page["When not to"])],
                why=opening(page["Why"]), why_html=html(opening(page["Why"])), not_to=tip["when_not"])
    if tip["go_line"]:
        lines = [(line, "", line) for line in tip["go_line"].expandtabs(4).split("\n")]
        for part, size in in_pages(lines, ROOM - text_room("How it aged: " + tip["aged"])):
            yield slide("go", "The same mistake in Go", [html("**How it aged.** " + page["How it aged"])], code=part, letters=size, file="Go", text=tip["aged"])
    answers = keys(name)
    questions = numbered(page["For a class"])
    yield slide("class", "For you", [html(f"**{n}.** {q}") + (html("**Key:** " + answers[n - 1]) if len(answers) >= n else "")
                                     for n, q in enumerate(questions, 1)], questions=[html(q) for q in questions])


def timed(slides, tips):
    """The minutes of these tips, shared among their slides by their weights."""
    each = (MINUTES - FIRST - LAST) / len(tips)
    for tip in tips:
        own = [s for s in slides if s.tip == tip["name"]]
        of_kind = {k: sum(s.kind == k for s in own) for k in WEIGHTS}
        whole = sum(w for k, w in WEIGHTS.items() if of_kind[k])
        for s in own:
            s.lasts = each * WEIGHTS[s.kind] / whole / of_kind[s.kind]
    at = 0
    for s in slides:
        s.minute, at = at, at + s.lasts
    return slides


def order(run, tips, lessons):
    """Those that have a lesson of their own first, then myths, then what else was found."""
    labels = {t.name: sentences.label(t) for t in run.tips}
    ranks = ("myth", "true", "depends")
    rank = {t["name"]: ranks.index(l) if (l := labels.get(t["name"])) in ranks else len(ranks) for t in tips}
    return sorted(tips, key=lambda t: (t["name"] not in lessons, rank[t["name"]]))


def deck(run, family, tips, folder):
    from pages import lessons

    tips = order(run, tips, lessons())
    told, more = tips[:IN_CLASS], tips[IN_CLASS:]
    kept = [t["name"] for t in tips if t["name"] in lessons()]
    first = Slide("first", capital(family), {"tips": told}, [
        f"{plural(len(told), 'tip')}, {(MINUTES - FIRST - LAST) / len(told):.1f} minutes each."
        + f" If time runs short, keep the first {len(kept)}: each has a lesson of its own." * bool(kept),
        "Keys: ← and → turn the pages, N shows these notes, Home and End go to the ends."], lasts=FIRST)
    last = Slide("last", "Your turn", {"lessons": kept, "more": more}, [sentences.control(run)], lasts=LAST)
    return timed([first, *(s for t in told for s in slides_of(run, t, folder)), last], told) + [
        s for t in more for s in slides_of(run, t, folder)]


# --- the files

def write_pdf(page, made):
    """By Chromium; says in a line why there is none."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not browser:
        return print("no PDF: there is no Chromium (`apt-get install chromium`)", flush=True)
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={profile}",
                        f"--print-to-pdf={made}", page.resolve().as_uri()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    print(made if made.exists() else f"no PDF: {browser} could not print {page}", flush=True)


def make_deck(run, family, tips, out):
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    with tempfile.TemporaryDirectory() as folder:
        slides = deck(run, family, tips, Path(folder))
    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters["safe_html"] = Markup
    env.filters["clock"] = lambda minute: f"{int(minute) // 60}:{int(minute) % 60:02d}"
    env.filters["picture"] = lambda svg: Markup(for_page(*svg))
    marks = next((m[0] for s in slides for svg, _ in s.body.get("charts", ()) if (m := re.search(MARKS, svg, re.S))), "")
    for name, template in ((family, "slides.html.j2"), (f"{family}-notes", "notes.html.j2")):
        text = env.get_template(template).render(family=family, slides=slides, source=run.source, minutes=MINUTES, marks=Markup(marks),
                                                 titles={t["name"]: t["title"] for t in tips},
                                                 text_of=lambda file: Markup((HERE / file).read_text("utf-8")))
        (out / f"{name}.html").write_text(text, "utf-8")
        print(out / f"{name}.html", flush=True)
    write_pdf(out / f"{family}.html", out / f"{family}.pdf")


def make_decks(args):
    need_programs()
    known = words(args.words)
    families = sorted({t["name"].partition("/")[0] for t in known["tips"]})
    if args.family and args.family not in families:
        raise Trouble(f"there is no family {args.family!a}; there are {', '.join(families)}")
    run = Run(args.run, args.words)
    args.out.mkdir(parents=True, exist_ok=True)
    for family in [args.family] if args.family else families:
        make_deck(run, family, [t for t in known["tips"] if t["name"].startswith(family + "/")], args.out)


def main():
    parser = argparse.ArgumentParser(description="A deck of slides for each family.")
    parser.add_argument("family", nargs="?", default="")
    parser.add_argument("--run", type=Path, default=ROOT / "results/latest", help="whose charts are shown")
    parser.add_argument("--words", type=Path, default=ROOT / "build/twinbench", help="the twinbench to ask, or a .json of its answer")
    parser.add_argument("--out", type=Path, default=Path("results/slides"))
    args = parser.parse_args()
    try:
        make_decks(args)
    except Trouble as e:
        sys.exit(f"twinbench: slides: {e}")
    except ModuleNotFoundError as e:
        sys.exit(f"twinbench: slides: Python's {e.name} is missing: `apt-get install python3-{e.name}`")
    except OSError as e:
        sys.exit(f"twinbench: slides: {e.filename or args.out}: {e.strerror}")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
