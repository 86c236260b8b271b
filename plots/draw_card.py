# SPDX-License-Identifier: MIT
"""draw_card.py - the card of a tip: the label of its saying, what decided it, a panel for each
thing that shows it, and how it aged.  It is what gets shared, so it is understood without the
report."""

from chart import EDGE, NARROW, WIDE, Chart, fold
from draw_ageing import add_strips, releases
from draw_prices import share
from panels import panels_of
from run import EMPTY, age
from sentences import found, lang_name, sentence, verdict_line
from words import alike, capital

COLUMNS = ["panel", "mark", "twin", "lang", "x", "y"]


def card(run, tip, width=WIDE):
    panels = panels_of(tip)
    ends = alike([(lang_name(v["lang"]), found(v)) for v in tip.verdicts if v["kind"] == "outcome" and v["verdict"] != EMPTY])
    ends = [f"How it ends in {langs}: {words}." for langs, words in ends if words not in sentence(tip)]
    notes = [" ".join(ends), share(run, tip)] if panels or tip.verdicts else ["Nothing was measured along its dial."]
    line = verdict_line(tip)
    chart = Chart(tip.slug, "card", width, line, sentence(tip), COLUMNS, key=key(tip, panels) if panels else [],
                  above=tip.name + f": {tip.title}" * (line != tip.title), notes="\n".join(notes), foot=[counted(run, tip), run.source])
    return fill(chart, panels, tip.shown, [tip] if len(releases(tip)) > 1 else [])


def key(tip, panels):
    """The twins; and of languages that share a panel, how their lines are drawn."""
    drawn = {row[2] for p in panels for row in p.rows}
    return [("bad", "disc", "bad"), ("good", "square", "good")] + [
        (lang_name(l), line, "ink") for l, line in zip(tip.shown[1:], ("dashed", "dotted")) if l in drawn]


def counted(run, tip):
    """How many processes and blocks are behind it."""
    n = sum(len(tip.of(t, tip.home, "count", "slope", "rate")) for t in ("bad", "good"))
    blocks = [(lang_name(l), len({s["block"] for s in tip.timed(l)})) for l in sorted({*tip.shown, *tip.times}, key=age) if tip.timed(l)]
    blocks = [f", {b} blocks of 4 for time ({langs})" for langs, b in alike(blocks)]
    apart = " A ratio is the middle one of those of the blocks; the two lines may stand in another." * bool(blocks)
    return f"n: {n} processes for counts and memory ({lang_name(tip.home)}){''.join(blocks)}. Margin: differences of time under {run.margin:.0%} do not count.{apart}"


def fill(chart, panels, langs=("c",), aged=()):
    """The panels' data and words, for card.gp; C's lines are solid, those of the next dashed.  How
    this tip aged stands below."""
    aged = add_strips(chart, aged, chart.width - 2 * EDGE)
    across = 1 if chart.width == NARROW else 2 if any(p.floor for p in panels) or len(panels) in (2, 4) else min(max(len(panels), 1), 3)
    room = (chart.width - EDGE) / max(across, 2 if chart.width == WIDE else 1) - 2 * EDGE
    chart.rows = [(i, *row) for i, p in enumerate(panels, 1) for row in p.rows]
    chart.rows += [(len(panels) + 1, "aged", label, f"go{release}", x, y) for _, _, _, release, label, x, y, *_ in aged]
    chart.arrays("panels", ("panel_title", "panel_about", "panel_x", "panel_x0", "panel_x1", "panel_points", "panel_names",
                            "panel_top", "panel_floor", "panel_whole", "panel_dot"),
                 [(capital(p.title), fold(p.about, room), fold(p.x_label, room + EDGE), *p.x_range,
                   " ".join(f"{x:.10g}" for x in sorted(p.x_points, reverse=True)), " ".join(reversed(p.x_names)),
                   p.y_top, p.floor, p.whole, p.dot) for p in panels])
    chart.arrays("labels", ("label_panel", "label_twin", "label_text", "label_y"),
                 [(i, *label) for i, p in enumerate(panels, 1) for label in sorted(p.labels, key=lambda l: l[2])])
    chart.arrays("langs", ("lang",), [(l,) for l in langs])
    chart.given["across"] = across
    return chart
