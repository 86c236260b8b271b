#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""plots.t - charts and report of invented runs: whole, readable, self-contained.

Each function is one test; its name is the sentence that is true when it passes."""

import html
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "plots"), str(ROOT / "bench/python"), str(ROOT / "tests/fixtures"), str(ROOT / "tests/lib")]

import chart
import draw_board
import draw_card
import panels
import run
import sentences
import synthetic
import tap
from dejavu import width
from report import article
from report import page as report_page
from words import number, quantity, ratio

SVG = "{http://www.w3.org/2000/svg}"
USED = "{http://www.w3.org/1999/xlink}href"
FIXTURES = ROOT / "tests/fixtures"
MANY = 40 if os.environ.get("TEST_ALL") else 12  # tips; twelve have every claim, label and dial


def render(run, path=os.environ["PATH"], says="", **settings):
    return subprocess.run(["/usr/bin/python3", ROOT / "plots/render.py", run, "--words", run.parent / "words.json", "--says", says],
                          capture_output=True, text=True, env={**os.environ, "PATH": path, **settings})


class Rendered:
    """An invented run with its charts; made once for all tests that only look."""
    made = {}

    def __new__(cls, n, go=True, gos=()):
        if (n, go, gos) not in cls.made:
            run = synthetic.make(TEMPORARY / f"{n}-{go}-{len(gos)}", n, go, gos)
            said = render(run)
            assert said.returncode == 0, said.stderr
            cls.made[n, go, gos] = run
        return cls.made[n, go, gos]


class Others:
    """The charts that belong to no run; made once."""
    made = []

    def __new__(cls):
        if not cls.made:
            for folder in (synthetic.calibration(TEMPORARY / "calibration"), synthetic.comparison(TEMPORARY / "two", 2),
                           synthetic.comparison(TEMPORARY / "six", 6)):
                subprocess.run(["/usr/bin/python3", ROOT / "plots/render.py", folder], check=True)
                cls.made.append(folder)
        return cls.made


def pictures(*sizes):
    for folder in [Rendered(n) for n in sizes or (1, 3, MANY)] + ([] if sizes else [Rendered(8, gos=synthetic.GOS)] + Others()):
        paths = sorted((folder / "charts").glob("*.svg"))
        assert paths, f"{folder} has no picture"
        for path in paths:
            yield path, ElementTree.parse(path).getroot()


def texts(root):
    """(words, the group with its place and font) of every text in a picture."""
    for group in root.iter(SVG + "g"):
        for e in group.findall(SVG + "text"):
            if e.text and e.text.strip():
                yield e.text.strip(), group


def place(group):
    return [float(v) for v in re.match(r"translate\(([-\d.]+),([-\d.]+)\)", group.get("transform")).groups()]


def boxes(root):
    """(words, left, top, right, bottom) of every text in a picture."""
    assert root.find(f".//{SVG}text") is not None, "a picture without a text"
    for words, group in texts(root):
        size, (x, y) = float(group.get("font-size")), place(group)
        w = width(words, size, group.get("font-weight") == "bold")
        left = x - {"start": 0, "middle": w / 2, "end": w}[group.get("text-anchor", "start")]
        yield words, left, y - 0.76 * size, left + w, y + 0.2 * size


def said_in(root):
    """All texts of a picture."""
    return " ".join(words for words, _ in texts(root))


def every_chart_is_there_with_its_data_and_the_wide_ones_as_png():
    for n in (1, 3, MANY):
        names = {p.name for p in (Rendered(n) / "charts").iterdir()}
        tips = [t["name"].replace("/", "-") for t in synthetic.tips(n)]
        tips += ["pools-tiny-objects-curve"] * (n > 2) + ["defer-record-kinds-kinds"] * (n > 3) + ["synthetic-number-0-curve"] * (n > 4) + ["synthetic-number-1-counters"] * (n > 5)
        wide = {f"{c}.{x}" for c in tips + ["board"] for x in ("svg", "png", "tsv")}
        narrow = {f"{c}-narrow.{x}" for c in tips + ["board"] for x in ("svg", "tsv")}
        assert names == wide | narrow, names ^ (wide | narrow)


def every_picture_says_what_it_shows():
    for path, root in pictures():
        title, description = root.find(SVG + "title").text, root.find(SVG + "desc").text
        ids = [root.find(SVG + "title").get("id"), root.find(SVG + "desc").get("id")]
        assert title and len(description) > 20, path
        assert root.get("aria-labelledby").split() == ids and path.stem in ids[0], path


def every_picture_carries_its_verdict_sentence_and_its_source():
    for path, root in pictures():
        said = said_in(root)
        assert "".join(root.find(SVG + "desc").text.split()) in "".join(said.split()), (path, said)
        for word in ("Invented CPU & Sons", "2 cores", "2026-01-30", "commit synthetic", "n:", "argin"):
            assert word in said, (path, word)


def no_text_leaves_the_picture():
    for path, root in pictures():
        w, h = map(float, root.get("viewBox").split()[2:])
        for words, left, top, right, bottom in boxes(root):
            assert left >= 0 and right <= w and top >= 0 and bottom <= h, (path, words, left, right, w)


def no_text_lies_on_another():
    for path, root in pictures():
        every = list(boxes(root))
        assert len(every) > 5, path
        for i, (words, left, top, right, bottom) in enumerate(every):
            for other, l, t, r, b in every[i + 1:]:
                apart = right <= l or r <= left or bottom <= t or b <= top
                assert apart, (path.name, words, other)


def no_text_is_smaller_than_12():
    for path, root in pictures():
        assert min(float(group.get("font-size")) for _, group in texts(root)) >= 12, path


def on_the_board_hollow_marks_are_the_undecided_ones():
    for path, root in pictures(3, MANY):
        if not path.name.startswith("board"):
            continue
        rows = [line.split("\t") for line in path.with_suffix(".tsv").read_text().splitlines()]
        unsure = sum(dict(zip(rows[0], r))["mark"] == "unsure" for r in rows[1:])
        drawn = [e.get(USED)[1:] for e in root.iter(SVG + "use") if e.get("transform", "").startswith("translate")]
        rings, kites = drawn.count("gpPt5") - 1, drawn.count("gpPt11")  # one ring is in the key
        assert rings + kites == unsure > 0, (path.name, rings, kites, unsure)


def on_the_board_an_interval_is_where_its_figures_and_the_axis_say():
    for path, root in pictures(3, MANY):
        if not path.name.startswith("board"):
            continue
        lines = [line.split("\t") for line in path.with_suffix(".tsv").read_text().splitlines()]
        rows = [dict(zip(lines[0], line)) for line in lines[1:]]
        ticks = {int(words[:-1]): place(group)[0] for words, group in texts(root) if words in ("1×", "2×", "4×", "8×", "16×")}
        reach = max(ticks)
        figures = [place(group)[1] for words, group in texts(root) if re.fullmatch(r"[\d.]+× \([\d.]+–[\d.]+\)", words)]
        drawn = [[float(v) for v in m] for e in root.iter(SVG + "path")
                 for m in re.findall(r"M([\d.]+),([\d.]+) L([\d.]+),\2\b", e.get("d"))]
        below = {False: 0, True: 15.3}["narrow" in path.name]  # the mark stands below its figures there
        assert len(figures) == len(rows) > 5, (path, len(figures))
        for row, y in zip(rows, figures):
            if float(row["hi"]) > reach:
                continue
            ends = [ticks[1] + math.log(float(row[end]), reach) * (ticks[reach] - ticks[1]) for end in ("lo", "hi")]
            assert any(abs(m[0] - ends[0]) < 1 and abs(m[2] - ends[1]) < 1 and abs(m[1] + 4 - below - y) < 2 for m in drawn), (path, row, ends, y)


def every_kind_of_cleanup_has_a_bar_from_zero_as_long_as_its_time():
    charts = Rendered(MANY) / "charts"
    for chart in ("defer-record-kinds-kinds", "defer-record-kinds-kinds-narrow"):
        lines = [line.split("\t") for line in (charts / f"{chart}.tsv").read_text().splitlines()]
        bars = [dict(zip(lines[0], line)) for line in lines[1:] if line[1] != "line"]
        assert len(bars) == 6 * 4 * 3, len(bars)
        root = ElementTree.parse(charts / f"{chart}.svg").getroot()
        areas = [[float(p.split(",")[0]) for p in e.get("points").split()] for e in root.iter(SVG + "polygon")]
        lengths = sorted(max(xs) - min(xs) for xs in areas)
        assert len(lengths) == len(bars), (chart, len(lengths))
        panels = [sorted(float(b["value"]) for b in bars if b["panel"] == p) for p in "123"]
        starts = {round(min(xs)) for xs in areas}
        assert len(starts) == (1 if "narrow" in chart else 3), starts
        assert max(lengths) / min(lengths) > 0.9 * min(p[-1] / p[0] for p in panels), (chart, lengths)


def the_curve_crosses_the_pool_where_it_says():
    root = ElementTree.parse(Rendered(MANY) / "charts/pools-tiny-objects-curve.svg").getroot()
    said = root.find(SVG + "desc").text
    assert "In the frame an object is cheaper than from the pool up to about 320 B." in said, said
    at = {words: place(group)[0] for words, group in texts(root)}
    dashed = [e.get("d") for e in root.iter(SVG + "path") if e.get("stroke-dasharray")]
    assert len(dashed) == 1, dashed
    x = float(re.match(r"M([\d.]+),", dashed[0])[1])
    expected = at["256 B"] + math.log(320 / 256, 4) * (at["1 KiB"] - at["256 B"])
    assert abs(x - expected) < 2 and abs(x - at["break-even 320 B"]) < 2, (x, expected, at)


def the_bars_of_counters_say_what_the_second_worker_does_to_each():
    root = ElementTree.parse(Rendered(MANY) / "charts/synthetic-number-1-counters.svg").getroot()
    said = root.find(SVG + "desc").text
    assert said == ("With 2 workers instead of 1 an addition takes 1.00× its time on a counter of one’s own, 6.25× if these lie side "
                    "by side, 4.00× on an atomic one for all, and 4.29× under a lock."), said
    drawn = said_in(root)
    assert all(words in drawn for words in ("one for each task", "side by side", "one for all, locked", "60.0", "7.5")), drawn


def where_it_turns_is_said_and_drawn_as_it_was_found():
    root = ElementTree.parse(Rendered(MANY) / "charts/synthetic-number-0-curve.svg").getroot()
    said = root.find(SVG + "desc").text
    assert said == ("In C bad is faster up to 4, as fast at 16, slower from 64 on; "
                    "in Go bad is faster up to 64, as fast at 256, slower from 1,024 on."), said
    lines = [re.findall(r"[ML]([\d.]+),([\d.]+)", e.get("d")) for e in root.iter(SVG + "path")]
    seven = [[(float(x), float(y)) for x, y in line] for line in lines if len(line) == 7]
    assert len(seven) == 2, [len(line) for line in lines]
    assert all(y > later for line in seven for (_, y), (_, later) in zip(line, line[1:])), "a ratio that rises is not drawn so"
    assert seven[0][2][1] == seven[1][4][1], "1× of C at 16 and of Go at 256 are not equally high"


def a_card_about_cleanups_says_their_share_of_the_time_and_no_other_does():
    for path, root in pictures(MANY):
        said = said_in(root)
        if path.stem.startswith("defer-record-kinds") and "kinds-kinds" not in path.stem:
            assert "Bad: 3 a request; 3 × 6.0 ns are 20% of its 90 ns of processor time." in said, said
            assert "Good: 1 a request; 1 × 6.0 ns are 7% of its 90 ns of processor time, which is noise." in said
        else:
            assert "ns of processor time" not in said, (path, said)


def the_control_is_the_first_row_of_the_board():
    rows = (Rendered(MANY) / "charts/board.tsv").read_text().splitlines()
    assert rows[1].split("\t")[1] == "null", rows[1]


def a_mark_that_nobody_knows_stays_as_it_is():
    strange = "<ellipse rx='3'/>\n<use xlink:href='#gpDot' transform='translate(1,2)' color='red'/>"
    said = chart.finish(f'<?xml version="1.0"?>\n<svg viewBox="0 0 9 9">\n{strange}\n</svg>', "odd", "A title", "What it shows.")
    assert strange in said and "<desc id=\"odd-desc\">What it shows.</desc>" in said, said


def drawing(svg):
    """What a finished picture draws, whatever groups it is in.  A dot is what
    gnuplot 6 makes of an arrow without length; it is too small to be seen."""
    said = chart.finish(svg, "marks", "Marks", "All of them.")
    found = re.findall(r"<(?:path|use|polygon|rect|text|g transform)[^>]*>[^<\s]*", said[said.index("</defs>"):])
    return [e for e in found if "gpDot" not in e]


def gnuplot_5_and_6_and_the_one_here_draw_the_same():
    here = TEMPORARY / "marks.svg"
    given = f"HERE='{ROOT}/plots'; W=400; TSV='{FIXTURES}/marks.tsv'; OUT='{here}'"
    subprocess.run(["gnuplot", "-d", "-e", given, FIXTURES / "marks.gp"], check=True, capture_output=True)
    five, six = (drawing((FIXTURES / f"marks-{v}.svg").read_text()) for v in ("5.4", "6.0"))
    now = drawing(here.read_text())
    assert len(five) > 70, len(five)
    for other in (six, now):
        assert other == five, [pair for pair in zip(five, other) if pair[0] != pair[1]][:3]


def numbers_read_well():
    for got, wanted in ((number(1024), "1,024"), (number(0.12345), "0.123"), (number(1234.5), "1,234"),
                        (quantity(4216, "B/op"), "4.12 KiB/op"), (quantity(85e6, "ns"), "85 ms"),
                        (quantity(0, "B"), "0 B"), (ratio(1.4512), "1.45×"), (ratio(30.2), "30×")):
        assert got == wanted, (got, wanted)


class Page(HTMLParser):
    """What a report consists of."""
    VOID = {"meta", "input", "br", "link", "img", "path", "polygon", "circle", "rect", "use"}

    def __init__(self, text):
        super().__init__()
        self.ids, self.targets, self.open, self.tags = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.targets += [attrs[k] for k in ("href", "src", "xlink:href") if k in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open and self.open.pop() == tag, f"</{tag}> closes something else"


def reports():
    for n in (1, 3, MANY):
        text = (Rendered(n) / "report.html").read_text()
        yield n, text, Page(text)


def the_report_has_a_section_for_every_tip():
    for n, _, page in reports():
        articles = [a["id"] for tag, a in page.tags if tag == "article"]
        assert articles == [t["name"].replace("/", "-") for t in synthetic.tips(n)], articles


def the_report_closes_what_it_opens():
    for _, _, page in reports():
        assert page.open == [], page.open


def the_report_needs_no_network():
    for _, text, page in reports():
        assert all(t.startswith("#") or t.startswith("charts/") for t in page.targets), page.targets
        assert not re.search(r"@import|url\(|fetch\(|XMLHttp|https?://", text)


def the_ids_of_a_report_are_unique_and_links_lead_somewhere():
    for _, _, page in reports():
        assert len(page.ids) == len(set(page.ids)), sorted(i for i in page.ids if page.ids.count(i) > 1)
        inside = {t[1:] for t in page.targets if t[0] == "#"}
        assert inside <= set(page.ids), inside - set(page.ids)


def under_each_chart_are_its_picture_and_its_data():
    for n, _, page in reports():
        files = {t for t in page.targets if t.startswith("charts/")}
        charts = {p.stem for p in (Rendered(n) / "charts").glob("*.png")}
        assert files == {f"charts/{c}.{x}" for c in charts for x in ("png", "svg", "tsv")}, files


def forty_tips_make_a_report_below_3_mb():
    few, many = ((Rendered(n) / "report.html").stat().st_size for n in (3, MANY))
    assert few < many < few + (MANY - 3) * (3_000_000 - few) / 37, (few, many)


def the_report_says_what_the_machine_can_tell_or_how_to_find_out():
    said = re.search('id="resolves">([^<]*)', (Rendered(3) / "report.html").read_text())[1]
    assert "make calibrate" in said, said
    run = fresh("calibrated")
    assert render(run, says="Ten percent & more.").returncode == 0
    assert 'id="resolves">Ten percent &amp; more.<' in (run / "report.html").read_text()


def what_a_tip_says_cannot_break_the_report():
    text = (Rendered(3) / "report.html").read_text()
    assert "<very>" not in text and "&lt;very&gt;" in text


def the_difference_is_marked_line_by_line():
    text = (Rendered(1, False) / "report.html").read_text()
    ours = re.findall(r'<span class="line good">.*', text)
    assert len(ours) >= 1 and "chan_close" in re.sub("<[^>]*>", "", ours[0]), ours


def section(page_text, name):
    """The text of a section, and where its links lead."""
    html = re.search(f'<section id="{name}".*?</section>', page_text, re.S)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", html).split()), re.findall(r'href="#([^"]*)"', html)


def the_tree_of_symptoms_leads_to_the_tips_of_the_run_and_shows_no_empty_branch():
    for n, text, _ in reports():
        said, links = section(text, "symptoms")
        wanted = [t["name"].replace("/", "-") for t in synthetic.tips(n) if t["symptoms"]]
        assert links == wanted, (links, wanted)
        assert "Tasks &lt;rise&gt; Where? Here Why? because of 0 &amp; more → Invented tip number 0" in said and "Nothing" not in said, said


def a_run_whose_words_have_no_tree_has_no_such_section():
    run = fresh("no-tree", 1)
    words = json.loads((run.parent / "words.json").read_text())
    (run.parent / "words.json").write_text(json.dumps({k: v for k, v in words.items() if k != "symptoms"}))
    assert render(run).returncode == 0
    assert 'id="symptoms"' not in (run / "report.html").read_text()


def judged_tip(name, **verdicts):
    """A tip of which this was found: column_lang=verdict."""
    said = [dict(column=c, lang=l, verdict=v, kind="count", sentence="", note="", bad="1", good="0")
            for (c, _, l), v in ((k.rpartition("_"), v) for k, v in verdicts.items())]
    return SimpleNamespace(name=name, verdicts=said, shown=["c"], gos=["go1.27"])


def an_assertion_has_the_label_of_the_verdicts_on_its_claims():
    one, other = article.Proof("a/a", "tasks", False), article.Proof("b/b", "time", False)
    against, beside = article.Proof("b/b", "time", True), article.Proof("b/b", "", False)
    for found_a, found_b, proofs, wanted in (
            ("holds", "holds", (one, other), "true"), ("refuted", "refuted", (one, other), "myth"), ("holds", "refuted", (one, other), "depends"),
            ("holds", "unsure", (one, other), "true"), ("unsure", "unsure", (one, other), "undecided"), ("-", "-", (one, other), "none"),
            ("holds", "holds", (one, against), "depends"), ("holds", "refuted", (one, against), "true"), ("-", "unsure", (one, against), "undecided"),
            ("refuted", "holds", (one, beside), "myth"), ("-", "refuted", (one, against), "true")):
        tips = {t.name: t for t in (judged_tip("a/a", tasks_c=found_a), judged_tip("b/b", time_c=found_b))}
        label = article.Assertion(1, "", list(proofs)).overall(tips, ["c"])
        assert label.word == wanted, (found_a, found_b, proofs, label)
    tips = {"a/a": judged_tip("a/a", **{"tasks_c": "holds", "tasks_go1.19": "holds", "tasks_go1.27": "refuted"})}
    said = article.Assertion(1, "", [one])
    labels = [(where, label.word) for where, label in said.labels(tips, ["c", "go1.19", "go1.27"])]
    assert labels == [("C and Go 1.19", "true"), ("Go 1.27", "myth")], labels
    assert said.overall(tips, ["c", "go1.27"]).word == "depends" and said.overall({}, ["c"]).word == "none" and said.labels({}, ["c"]) == []


def an_assertion_of_which_some_evidence_is_undecided_is_what_it_is_where_decided():
    for words, wanted in ((["true", "true", "undecided", "none"], ("true", " where decided; 1 of 3 undecided")), (["undecided", "myth"], ("myth", " where decided; 1 of 2 undecided")),
                          (["true", "myth", "undecided"], ("depends", "; 1 of 3 undecided")), (["undecided"], ("undecided", "")), (["true", "none"], ("true", ""))):
        label = article.together(words)
        assert (label.word, label.rest) == wanted, (words, label, label.rest)
    tips = {t.name: t for t in (judged_tip("a/a", **{"n_c": "holds", "n_go1.27": "holds"}), judged_tip("b/b", **{"n_c": "unsure", "n_go1.27": "holds"}))}
    proofs = [article.Proof(name, "n", False) for name in tips]
    whole, partly = article.Assertion(1, "", proofs[:1]), article.Assertion(2, "", proofs)
    langs = ["c", "go1.27"]
    said = [(where, label.word + label.rest) for where, label in partly.labels(tips, langs)]
    assert said == [("C", "true where decided; 1 of 2 undecided"), ("Go 1.27", "true")], said
    assert article.summary([whole, partly], tips, langs) == "Of 2 assertions 1 is true here and 1 where decided, 0 are wrong, 0 are true in part."


def an_assertion_tells_the_size_that_was_tested():
    v = {"column": "time", "verdict": "holds", "sentence": "bad is 80 % slower"}
    for tested, wanted in ((0, "bad is 80\u00a0% slower"), (1.5, "(tested ≥ 1.5×) bad is 80\u00a0% slower")):
        got = article.measured(SimpleNamespace(claim=lambda _, r=tested: {"ratio": r}), v)
        assert got == wanted, got


def the_report_has_those_assertions_of_which_its_run_measured_something():
    text = (Rendered(3) / "report.html").read_text()
    said, links = section(text, "article")
    tips = {t["name"] for t in synthetic.tips(3)}
    proofs = {a.n: {p.tip for p in a.proofs if p.column} & tips for a in article.read(ROOT / "patterns")}
    wanted = [n for n, of in proofs.items() if of]
    assert [int(n) for n in re.findall(r'scope="row"><span class="lang">(\d+)<', text)] == wanted and 4 in wanted, (wanted, said)
    assert "4 A usual leak: a range over a channel that nobody closes. Invented tip number 0 : bad leaves 1 task a request; good none ✓ true C and Go" in said, said
    assert "leaks-range-unclosed" in links and said.count("Of ") == 1, said


def a_rate_of_one_a_request_is_drawn_as_a_straight_line():
    rows = [l.split("\t") for l in (Rendered(1) / "charts/leaks-range-unclosed.tsv").read_text().splitlines()]
    line = [(float(r[4]), float(r[5])) for r in rows if r[:4] == ["1", "line", "bad", "c"]]
    assert [y / x for x, y in line] == [1.0] * 5, line


def rated(twin, rate, ms):
    return {"twin": twin, "lang": "c", "kind": "rate", "outcome": "OK", "rate": str(rate),
            "p50_ns": str(ms * 5e5), "p99_ns": str(ms * 1e6)}


def latency_is_drawn_below_the_dial_too_and_on_a_logarithmic_axis():
    samples = [rated(t, r, r / 100 if t == "bad" else 0.4) for t in ("bad", "good") for r in (50, 2500, 5000)]
    words = {"name": "a/b", "title": "", "claims": [], "dial": "RATE", "points": [2500, 5000], "dial_unit": "1/s"}
    panel = panels.latency_panel(run.Tip(words, {}, samples, [], [], []))
    page = draw_card.fill(chart.Chart("latency", "card", chart.WIDE, "Title", "Lead.", draw_card.COLUMNS), [panel])
    chart.draw(page, TEMPORARY)
    said = {words: place(group)[1] for words, group in texts(ElementTree.parse(TEMPORARY / "latency.svg").getroot())}
    steps = [said[a] - said[b] for a, b in (("0.1", "1"), ("1", "10"))]
    assert min(steps) > 10 and abs(steps[0] - steps[1]) < 1, said
    assert 50 in panel.x_points and {"bad, p99 50", "good, p50 0.2"} <= set(said), said


def aged():
    """The run of nine releases: its page, and the card of a tip of which the label turned over."""
    charts = Rendered(8, gos=synthetic.GOS) / "charts"
    return [ElementTree.parse(charts / f"{name}.svg").getroot() for name in ("ageing", "leaks-range-unclosed")]


def washes(root):
    """(left, right) of each grey rectangle that says "myth"."""
    areas = [e.get("points") for e in root.iter(SVG + "polygon") if e.get("fill") == "#e9edf1"]
    return [(min(xs), max(xs)) for xs in ([float(p.split(",")[0]) for p in points.split()] for points in areas)]


def a_page_shows_how_every_saying_aged_those_that_turned_over_first():
    page, _ = aged()
    said = [words for words, _ in texts(page)]
    heads = [words for words in said if re.fullmatch(r".+: \d+", words)]
    assert heads == ["True once, a myth now: 2", "A myth once, true now: 2", "A myth in every release: 1", "True in every release: 1",
                     "True, undecided in some releases: 1", "Undecided in most releases: 1"], heads
    lead = page.find(SVG + "desc").text
    assert lead == ("From Go 1.15 to Go 1.27, of 8 sayings: 2 true once, a myth now; 2 a myth once, true now; 1 a myth in every release; "
                    "1 true in every release; 1 true, undecided in some releases; 1 undecided in most releases."), lead
    at = [" ".join(" ".join(said).split()).index(f"Invented tip number {n}") for n in (0, 6, 7, 4)]
    assert at == sorted(at), said


def a_card_shows_c_the_newest_and_the_oldest_go_and_in_a_strip_all():
    _, card = aged()
    said = [words for words, _ in texts(card)]
    shown = {words for words in said if words.startswith("Time of a request")}
    assert {w.rpartition(", ")[2] for w in shown} == {"C", "Go 1.27", "Go 1.15"}, shown
    assert [w for w in said if w in {g[2:] for g in synthetic.GOS}] == [g[2:] for g in synthetic.GOS], said
    assert [w for w in said if w in ("true", "myth")] == ["true", "myth"], said
    names = {words: place(group)[0] for words, group in texts(card)}
    grey = washes(card)
    assert len(grey) == 5 and all(names["1.22"] < left < right for left, right in grey), (grey, names)
    assert min(left for left, _ in grey) < names["1.23"] and max(right for _, right in grey) > names["1.27"], (grey, names)


def a_strip_tells_in_every_release_the_same_thing():
    rows = [line.split("\t") for line in (Rendered(8, gos=synthetic.GOS) / "charts/ageing.tsv").read_text().splitlines()]
    told = {}
    for _, tip, what, release, *_ in rows[1:]:
        told.setdefault((tip, what), []).append(release)
    assert len(told) == 8 and all(releases == [g[2:] for g in synthetic.GOS] for releases in told.values()), told
    ratios = [float(r[6]) for r in rows[1:] if r[1] == "leaks/range-unclosed"]
    assert ratios == sorted(ratios, reverse=True) and ratios[0] > 2.6, ratios


def the_page_of_ageing_draws_what_a_release_changed_and_counts_the_rest():
    page = ElementTree.parse(Rendered(8, gos=synthetic.GOS) / "charts/ageing.svg").getroot()
    said = [" ".join(words.split()) for words, _ in texts(page)]
    titles = {g: said.index(t) for t in said for g in ("true in every release", "a myth in every release") if t.lower().startswith(g + ":")}
    assert titles, said
    for n, tip in enumerate(synthetic.tips(8)):
        same = len({synthetic.aged(n, k) for k in range(9)}) == 1 and synthetic.aged(n, 0) != "undecided"
        assert (" ".join(tip["title"].split()) in " ".join(said)) != same, (tip["name"], same, said)
    assert said.count("1.15") < 8, said  # no axis where nothing is drawn


def a_run_of_one_go_has_no_page_of_ageing():
    assert not (Rendered(3) / "charts/ageing.svg").exists() and "How sayings about Go aged" not in (Rendered(3) / "report.html").read_text()
    assert "How sayings about Go aged" in (Rendered(8, gos=synthetic.GOS) / "report.html").read_text()


def a_comparison_says_the_labels_and_where_they_differ():
    root = ElementTree.parse(Others()[1] / "charts/compare.svg").getroot()
    said = [words for words, _ in texts(root)]
    assert "A myth, B true" in said and said.count("true") > 2, said
    assert "the label of 4 differs" in root.find(SVG + "desc").text, root.find(SVG + "desc").text


def a_tip_on_three_heaps_has_a_row_for_each_and_one_panel_with_their_names():
    charts = Rendered(3) / "charts"
    rows = [l.split("\t") for l in (charts / "board.tsv").read_text().splitlines()]
    assert [r[2] for r in rows if r[1] == synthetic.ON_HEAPS and r[2] != "go"] == ["c", "c+glibc", "c+mimalloc"], rows
    said = [b[0] for b in boxes(ElementTree.parse(charts / "board.svg").getroot())]
    assert {"on glibc", "on mimalloc"} <= set(said), said
    card = [b[0] for b in boxes(ElementTree.parse(charts / "pools-tiny-objects.svg").getroot())]
    assert [t for t in card if t in ("collector", "glibc", "mimalloc")] == ["collector", "glibc", "mimalloc"], card


def fresh(name, n=1):
    return synthetic.make(TEMPORARY / name, n)


def copied(run, name):
    """A run of the test's own, with its charts and its words."""
    return shutil.copytree(run.parent, TEMPORARY / name, symlinks=True) / run.name


def a_run_in_which_nothing_was_timed_has_a_report_without_a_board():
    run = fresh("untimed")
    for name in ("times.csv", "verdicts.csv", "samples.csv"):
        lines = (run / name).read_text().splitlines(True)
        (run / name).write_text("".join(l for l in lines if name != "times.csv" and ",time," not in l or l is lines[0]))
    said = render(run)
    assert said.returncode == 0, said
    assert not (run / "charts/board.svg").exists() and (run / "charts").exists()
    assert "No time was measured in this run." in (run / "report.html").read_text()


def without_gnuplot_one_line_names_the_package_and_nothing_is_written():
    run, tools = fresh("no-gnuplot"), TEMPORARY / "tools"
    tools.mkdir()
    before = sorted(run.iterdir())
    said = render(run, str(tools))
    assert said.returncode == 1 and said.stderr.count("\n") == 1, said
    assert said.stderr.startswith("twinbench: gnuplot is missing") and "gnuplot-nox" in said.stderr, said.stderr
    assert sorted(run.iterdir()) == before


def a_failing_gnuplot_leaves_the_old_charts_alone():
    run, tools = copied(Rendered(1), "bad-gnuplot"), TEMPORARY / "bad-tools"
    before = {p: p.read_bytes() for p in run.rglob("*") if p.is_file()}
    tools.mkdir()
    for script, words in (("echo boom >&2; exit 3", "boom"), ("exit 3", "ended with status 3, and said nothing"),
                          ("kill -9 $$", "ended by signal 9, and said nothing")):
        (tools / "gnuplot").write_text(f"#!/bin/sh\n{script}\n")
        (tools / "gnuplot").chmod(0o755)
        said = render(run, f"{tools}:{os.environ['PATH']}")
        assert said.returncode == 1 and said.stderr == f"twinbench: gnuplot failed: {words}\n", said
    assert {p: p.read_bytes() for p in run.rglob("*") if p.is_file()} == before


def the_readers_own_settings_of_gnuplot_and_of_the_language_change_nothing():
    run, home = copied(Rendered(1), "settings"), TEMPORARY / "home"
    before = {p: p.read_bytes() for p in (run / "charts").iterdir()}
    home.mkdir()
    (home / ".gnuplot").write_text("set key off\nset samples 3\nset border 31 lw 9\n")
    said = render(run, GNUTERM="qt", HOME=str(home), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert said.returncode == 0, said.stderr
    assert {p: p.read_bytes() for p in (run / "charts").iterdir()} == before


def a_torn_last_line_is_left_out():
    run = fresh("torn")
    with open(run / "samples.csv", "a") as f:
        f.write("leaks/range-unclosed,bad,c,cou")
    assert render(run).returncode == 0


def what_a_stuck_twin_was_doing_is_in_the_report_cut_short():
    run = fresh("stuck")
    assert "when it was stuck" not in (Rendered(1) / "report.html").read_text()
    (run / "dumps").mkdir()
    (run / "dumps/leaks-range-unclosed-bad.txt").write_text("task 7 [<chan> receive]:\n" * 30)
    assert render(run).returncode == 0
    text = (run / "report.html").read_text()
    assert "when it was stuck" in text and text.count("task 7 [&lt;chan&gt; receive]:") == 24, text


def first(page_text, tag):
    return re.sub(r"<[^>]*>|\s+", " ", re.search(f"<{tag}.*?</{tag}>", page_text, re.S)[0]).strip()


def the_headline_of_the_report_counts_the_labels():
    assert first((Rendered(MANY) / "report.html").read_text(), "h1") == (
        f"Of {MANY} sayings {MANY // 4} are myths here, {MANY // 4} are true, {MANY // 4} depend; {MANY // 4} could not be decided.")


def every_card_says_its_label_and_its_saying_in_its_first_line():
    heads = {"myth": "MYTH here: “People say", "true": "TRUE here: “People say", "undecided": "UNDECIDED here: “People say",
             "depends": "DEPENDS on C or Go: “People say"}
    for n, t in enumerate(synthetic.tips(7)):
        root = ElementTree.parse(Rendered(MANY) / f"charts/{t['name'].replace('/', '-')}.svg").getroot()
        wanted = heads[("myth", "true", "undecided", "depends")[n % 4]]
        bold = " ".join(words for words, group in texts(root) if group.get("font-weight") == "bold")
        assert bold.startswith(wanted), (wanted, bold)


def a_run_from_before_the_labels_opens_and_says_so():
    run = fresh("unlabelled", 3)
    (run / "labels.csv").unlink()
    assert render(run).returncode == 0
    text = (run / "report.html").read_text()
    assert first(text, "h1") == "What 3 tips did on this machine" and "from before sayings got labels" in text, first(text, "h1")


def what_nobody_says_in_a_report():
    for n, text, _ in reports():
        said = re.sub(r"<script>.*?</script>|<style>.*?</style>|<pre.*?</pre>|<[^>]*>", " ", text, flags=re.S)
        for word in (r"\btwins?\b", r"claimed", r"folklore", r"\bnan\b", r"\binf\b", r"refuted", r"unclear", r"unsure", r"null pair", r"\bholds in\b", r"B/op"):
            assert not re.search(word, said), (n, word, re.search(f".{{60}}{word}.{{60}}", said, re.S))


def an_interval_that_reaches_into_the_margin_and_out_of_it_is_undecided():
    for lo, hi, wanted in ((0.95, 1.05, "same"), (0.95, 1.2, "unsure"), (1.05, 1.3, "unsure"), (1.15, 1.3, "slower"), (0.85, 0.95, "unsure"),
                           (0.7, 0.9, "faster"), (None, None, "unsure")):
        time = {"verdict": "refuted", "column": "time", "lo": lo, "hi": hi}
        found = sentences.relation(time, 0.1), draw_board.Found(None, time, {"bad": "SLOWER"}, 0.1).mark
        assert found == (wanted, wanted), (lo, hi, found, wanted)
        (answer,) = sentences.answers(time, {}, 0.1)  # what a prediction is held to
        assert answer == wanted.replace("unsure", ""), (lo, hi, answer)


def every_saying_stands_under_its_label_before_all_else():
    text = (Rendered(MANY) / "report.html").read_text()
    assert text.index('id="sayings"') < text.index('id="leaks"')
    groups = re.split("<h3>", re.search('<section id="sayings".*?</section>', text, re.S)[0])[1:]
    for n, (group, label) in enumerate(zip(groups, ("true", "depends", "undecided", "myth"))):
        slugs = [t["name"].replace("/", "-") for i, t in enumerate(synthetic.tips(MANY)) if ("myth", "true", "undecided", "depends")[i % 4] == label]
        assert f"{label}: {len(slugs)}</span>" in group and re.findall(r'href="#([^"]*)"', group) == slugs, (label, group)
    assert n == 3 and "so it is" in groups[1], groups[1]  # where it is true and where a myth
    told = {html.unescape(s) for s in re.findall(r'<li>“<a href="[^"]*">([^<]*)</a>', text)}
    assert told == {t["folklore"] for t in synthetic.tips(MANY)}, told  # whole: what is wrong in one may stand at its end


def a_time_has_one_word_in_the_report_and_on_the_board():
    for folder in (Rendered(MANY), Rendered(8, gos=synthetic.GOS)):
        page = re.search('<section id="board".*?</section>', (folder / "report.html").read_text(), re.S)[0]
        here = re.findall(r'<span class="hidden"> ([^<]*), [\d.,]+× to', page)
        names, *lines = (line.split("\t") for line in (folder / "charts/board.tsv").read_text().splitlines())
        rows = [dict(zip(names, line)) for line in lines]
        drawn = [words for words, _ in texts(ElementTree.parse(folder / "charts/board.svg").getroot())]
        there = [r["word"] for r in rows]
        assert all(drawn.count(word) >= there.count(word) for word in there), (drawn, there)
        assert here == [r["word"] for r in rows if "+" not in r["lang"]] and len(here) > 5, (here, there)
        assert ("myth: less than said" in here) == (folder == Rendered(MANY)), here


def what_the_tools_found_is_said_in_words_and_no_cell_is_empty():
    text = (Rendered(3) / "report.html").read_text()
    said, _ = section(text, "detectors")
    table = re.search('<section id="detectors".*?</section>', text, re.S)[0]
    cells = [re.sub(r"<[^>]*>", "", c) for c in re.findall(r"<t[dh][ >].*?</t[dh]>", table, re.S)]
    assert "Tools found" in said and "What some tool finds" in said and "What no tool finds" in said, said
    assert len(cells) > 30 and not [c for c in cells if not re.search(r"\w", c)], cells


def where_a_saying_has_another_label_is_told():
    def tip(label, **labels):
        of = {"": {"label": label, "evidence": "so it is"}, **{l: {"label": w} for l, w in labels.items()}}
        return SimpleNamespace(labels=of, said_in=list(labels), shown=["c", "go1.24"], releases={}, home="c", words={"folklore": "So."})

    def told(*args, **labels):
        return sentences.elsewhere(tip(*args, **labels))

    def head(*args, **labels):
        return sentences.verdict_line(tip(*args, **labels))
    assert told("true", c="true", **{"go1.24": "true"}) == ""
    assert told("true", c="true", **{"go1.24": "undecided"}) == "undecided in Go 1.24"
    assert told("true", c="true", **{"go1.15": "undecided", "go1.19": "undecided", "go1.21": "undecided"}) == "undecided in Go 1.15 to 1.21"
    assert told("depends", c="true", **{"go1.24": "myth"}) == "so it is"
    assert head("true", c="true", **{"go1.24": "true"}) == "TRUE here: “So.”"
    assert head("true", c="true", **{"go1.24": "undecided"}) == "TRUE in C, undecided in Go 1.24: “So.”"
    assert head("myth", c="undecided", **{"go1.24": "myth"}) == "MYTH in Go 1.24, undecided in C: “So.”"
    assert head("undecided", c="undecided", **{"go1.24": "undecided"}) == "UNDECIDED here: “So.”"
    assert head("depends", c="true", **{"go1.24": "myth"}) == "DEPENDS: “So.”"


def a_label_about_a_size_says_which():
    def said(label, said, evidence, **time):
        row = {"label": label, "said": said, "evidence": evidence, "ratio": None, "lo": None, "hi": None, **time}
        return sentences.evidence(SimpleNamespace(labels={"": row}))

    time = {"ratio": 1.8, "lo": 1.5, "hi": 2.4}
    for got, wanted in (
            (said("myth", "bad is slower by 50 % or more", "bad is 2 % slower", **time), "said: bad is slower by 50\u00a0% or more; measured: bad is 2\u00a0% slower"),
            (said("true", "bad is 2 times as slow or more", "bad is 4 times as slow", **time), "bad is 4 times as slow"),
            (said("myth", "bad is slower", "bad is 2 % faster", **time), "bad is 2\u00a0% faster"),
            (said("undecided", "bad is slower", "bad is 80 % slower", **time), "said: bad is slower; measured: bad takes 1.50× to 2.40× good’s time"),
            (said("undecided", "bad is slower", "too few", **time), "said: bad is slower; measured: bad takes 1.50× to 2.40× good’s time; too few"),
            (said("myth", "3 tasks are left", "no task is left"), "no task is left")):
        assert got == wanted, (got, wanted)


def what_leaks_stands_on_the_first_screen_in_numbers():
    said, _ = section((Rendered(1) / "report.html").read_text(), "leaks")
    assert "Invented tip number 0" in said and "1 task, 4.1 KiB" in said and "none" in said, said


def the_first_lines_of_the_report_say_what_leaks_most_and_what_is_slowest():
    text = (Rendered(3) / "report.html").read_text()
    said = " ".join(re.sub(r"<[^>]*>", "", re.search('<ul class="short">.*?</ul>', text, re.S)[0]).split())
    assert text.index('class="short"') < text.index('class="lead"') < text.index('id="leaks"'), "not at the top"
    assert said == ("What leaks: 1 of 3 mistakes leave something behind with each request. The most: Invented tip number 0 (1 task, 4.1 KiB, C). "
                    "What is slow: 1 of 3 mistakes that were timed make a request slower in C. The most: Invented tip number 0 (1.45× the time; in Go 1.45×)."), said


def a_request_is_named_where_the_effect_is_one_of_each():
    whole = report_page.leak
    tip = SimpleNamespace(words={}, verdicts=[], times={})
    try:
        for bad, wanted in (("1 task, 4.1 KiB", "1 task, 4.1 KiB a request"), ("1 task for every 2 requests, 2 KiB", "1 task for every 2 requests, 2 KiB"),
                            ("descriptors: 2 → 30 in all", "descriptors: 2 → 30 in all"),
                            ("1 task, memory still grows in the end, less steeply than before", "1 task a request, memory still grows in the end, less steeply than before")):
            report_page.leak = lambda *_: {"bad": bad, "bytes": 0}
            assert report_page.effect(tip, "c")[0] == wanted, report_page.effect(tip, "c")
    finally:
        report_page.leak = whole


def what_the_harness_says_is_set_in_type():
    for said, wanted in (("bad 1 -> 65536 cleanups; good 0.5", "bad 1 → 65,536 cleanups; good 0.5"),
                         ("bad is 38000 times as slow (2.50x to 5x)", "bad is 38,000 times as slow (2.50× to 5×)"),
                         ("bad is 24 % faster", "bad is 24\u00a0% faster"), ("99 -> 120 us, box 1.12345", "99 → 120 µs, box 1.12345")):
        assert sentences.typeset(said) == wanted, (sentences.typeset(said), wanted)
    assert ratio(37912.4) == "38,000×", ratio(37912.4)


def placed_run(name, placements, share):
    """One whose times are of so many placements, the control's too."""
    run = fresh(name)
    header, *rows = (run / "times.csv").read_text().splitlines()
    rows = ["null,c,1.0,0.98,1.02,same,48", *rows]
    (run / "times.csv").write_text("\n".join([header + ",placements,placement_share", *[f"{r},{placements},{share}" for r in rows], ""]))
    assert render(run).returncode == 0
    return (run / "report.html").read_text()


def the_report_says_that_the_control_was_moved_and_each_card_how_far_placements_move_its_time():
    said, old = placed_run("placed", 48, 0.09), placed_run("not-placed", 0, "")
    assert "The control, the same code at another place in memory," in said and "control: the same code, moved" in said
    for share, words in (("0.09", "moves that by about 9"), ("0.004", "moves that by less than 1"), ("0", "makes no difference that")):
        assert f"where the code lies in memory {words}" in (said if share == "0.09" else placed_run(f"placed-{share}", 48, share)), share
    assert "The control, the same program twice," in old and "control: the same program twice" in old
    assert "where the code lies" not in old


def the_newest_go_comes_last():
    said = sorted(["go1.24", "go", "c+glibc", "go1.9", "c"], key=run.age)
    assert said == ["c", "c+glibc", "go", "go1.9", "go1.24"], said


def a_run_without_verdicts_says_that_nothing_was_judged():
    run = fresh("unjudged")
    (run / "verdicts.csv").unlink()
    assert render(run).returncode == 0
    assert "not judged" in (run / "report.html").read_text()


def a_folder_that_is_no_run_gets_one_line():
    said = render(TEMPORARY / "nowhere/run")
    assert said.returncode == 1 and said.stderr.count("\n") == 1 and "make bench" in said.stderr, said


def a_control_that_came_out_different_warns_about_all_times():
    run = fresh("untrusted")
    verdicts = (run / "verdicts.csv").read_text()
    (run / "verdicts.csv").write_text(re.sub(r"(null,.*?),holds,holds,c,", r"\1,refuted,holds,c,", verdicts))
    assert render(run).returncode == 0
    assert "came out different in C: do not trust any time in C" in (run / "report.html").read_text()
    assert "DIFFERENT" in (run / "charts/board.svg").read_text()


def a_time_is_withheld_wherever_it_is_told_where_the_control_did_not_come_out_the_same():
    folder, said = fresh("withheld", 3), "withheld: the control did not come out the same"
    verdicts = (folder / "verdicts.csv").read_text()
    (folder / "verdicts.csv").write_text(re.sub(r"(null,.*?),holds,holds,go", r"\1,unsure,holds,go", verdicts))
    assert render(folder).returncode == 0
    found = run.Run(folder, folder.parent / "words.json")
    tip = next(t for t in found.tips if t.name == synthetic.ON_HEAPS)
    assert [panels.time_about(tip, lang) == said for lang in ("c", "go")] == [False, True], tip.times
    verdict = next(v for v in tip.verdicts if v["kind"] == "time" and v["lang"] == "go")
    assert sentences.found(verdict) == said, verdict
    assert report_page.effect(SimpleNamespace(times=tip.times, slopes={}, verdicts=[], words={}, dial="size"), "go") == ("withheld", 0)
    card = said_in(ElementTree.parse(folder / "charts/pools-tiny-objects.svg").getroot())
    assert card.count("withheld:") == 1, card
    rows = [line.split("\t") for line in (folder / "charts/board.tsv").read_text().splitlines()]
    assert {r[3] for r in rows if r[2] == "go" and r[1] != "null"} == {"unsure"}, rows
    board = said_in(ElementTree.parse(folder / "charts/board.svg").getroot())
    assert "withheld" in board, board


def the_control_of_one_release_withholds_the_times_of_that_release_alone():
    folder = synthetic.make(TEMPORARY / "one-release", 3, gos=synthetic.GOS)
    verdicts = (folder / "verdicts.csv").read_text()
    (folder / "verdicts.csv").write_text(re.sub(r"(null,.*?),holds,holds,go1.22,", r"\1,unsure,holds,go1.22,", verdicts))
    of = {}
    for tip in run.Run(folder, folder.parent / "words.json").tips:
        for v in tip.verdicts:
            if v["kind"] == "time" and v["lang"] != "c":
                of.setdefault(v["note"] == run.WITHHELD, set()).add(v["lang"])
    assert of[True] == {"go1.22"} and of[False] >= {"go1.21", "go1.27"}, of


def a_card_of_a_collected_tip_names_its_heap():
    folder = fresh("collected", 3)
    header, *rows = (folder / "samples.csv").read_text().splitlines()
    rows = [row + (",4096" if row.startswith(synthetic.ON_HEAPS) and ",c," in row else ",0") for row in rows]
    (folder / "samples.csv").write_text("\n".join([header + ",gc_heap_bytes", *rows, ""]))
    assert render(folder).returncode == 0
    for name, wanted in (("pools-tiny-objects", True), ("leaks-range-unclosed", False)):
        said = said_in(ElementTree.parse(folder / f"charts/{name}.svg").getroot())
        assert ("C on a collector" in said and "on a collector: " in said) == wanted, (name, said)
    assert f"{synthetic.ON_HEAPS}, on a collector" in said_in(ElementTree.parse(folder / "charts/board.svg").getroot())


def a_ratio_beyond_the_axis_of_the_board_stands_beside_its_arrow():
    for path, root in pictures(MANY):
        if path.name.startswith("board"):
            said = [words for words, _ in texts(root)]
            rows = [line.split("\t") for line in path.with_suffix(".tsv").read_text().splitlines()]
            beyond = sum(float(dict(zip(rows[0], r))["ratio"]) > 16 for r in rows[1:])
            assert said.count("200×") == beyond > 0 and "→ beyond the axis" in said, (path, beyond, said)


def a_count_in_the_list_of_tips_says_what_is_counted():
    found = run.Run(Rendered(3), Rendered(3).parent / "words.json")
    assert report_page.effect(found.tips[1], "c") == ("held bytes: 4.29 MiB → 7.3 MiB", 0), report_page.effect(found.tips[1], "c")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TEMPORARY = Path(folder)
        sys.exit(tap.run(tap.tests_of(globals())))
