# SPDX-License-Identifier: MIT
"""draw_card.py - the card of a tip: the label of its saying, what decided it, and a panel for each
thing that shows it.  It is what gets shared, so it is understood without the report."""

import share
from chart import EDGE, NARROW, WIDE, Chart, fold
from panels import panels_of
from run import EMPTY
from sentences import LANG, lang_name, outcomes, sentence, verdict_line
from words import listing

COLUMNS = ["panel", "mark", "twin", "lang", "x", "y"]


def card(run, tip, width=WIDE):
    panels = panels_of(tip)
    notes = [ends(tip), share.sentence(run, tip)] if panels or tip.verdicts else ["Nothing was measured along its dial."]
    chart = Chart(tip.slug, "card", width, verdict_line(tip), sentence(tip), COLUMNS, above=above(tip), key=key(panels) if panels else [],
                  notes="\n".join(filter(None, notes)), foot=[counted(run, tip), run.source_line()])
    return fill(chart, panels)


def above(tip):
    """Its name, and its title where the line below has the saying."""
    return tip.name if verdict_line(tip) == tip.title else f"{tip.name}: {tip.title}"


def ends(tip):
    """How its processes end, in words, where the sentence above does not say it; alike languages together."""
    said = {}
    for v in tip.verdicts:
        if v["kind"] == "outcome" and v["verdict"] != EMPTY:
            said.setdefault(outcomes(v["bad"], v["good"]), []).append(lang_name(v["lang"]))
    return " ".join(f"How it ends in {listing(langs)}: {words}." for words, langs in said.items() if words not in sentence(tip))


def key(panels):
    go = any(row[2] == "go" for p in panels for row in p.rows)
    return [("bad", "disc", "bad"), ("good", "square", "good")] + [("real Go", "dashed", "ink")] * go


def counted(run, tip):
    """How many processes and blocks are behind it."""
    n = sum(len(tip.of(t, "c", "count", "slope", "rate")) for t in ("bad", "good"))
    blocks = {l: len({s["block"] for s in tip.timed(l)}) for l in LANG}
    return (f"n: {n} processes for counts and memory (C)"
            + "".join(f", {b} blocks of 4 for time ({LANG[l]})" for l, b in blocks.items() if b)
            + f". Margin: differences of time under {run.margin():.0%} do not count.")


def fill(chart, panels):
    """The panels' data and words, for card.gp."""
    crowded = any(p.floor for p in panels)
    across = 1 if chart.width == NARROW else 2 if crowded or len(panels) in (2, 4) else min(max(len(panels), 1), 3)
    room = (chart.width - EDGE) / max(across, 2 if chart.width == WIDE else 1) - 2 * EDGE
    chart.rows = [(i, *row) for i, p in enumerate(panels, 1) for row in p.rows]
    chart.arrays("panels", ("panel_title", "panel_about", "panel_x", "panel_x0", "panel_x1", "panel_points", "panel_names",
                            "panel_top", "panel_floor", "panel_named", "panel_whole", "panel_dot"),
                 [(p.title[:1].upper() + p.title[1:], fold(p.about, room), fold(p.x_label, room + EDGE), *(p.x_range or (0, 0)),
                   " ".join(f"{x:.10g}" for x in sorted(p.x_points, reverse=True)), " ".join(reversed(p.x_names)),
                   p.y_top, p.floor, p.named, p.whole, p.dot) for p in panels])
    chart.arrays("labels", ("label_panel", "label_twin", "label_text", "label_y"),
                 [(i, *label) for i, p in enumerate(panels, 1) for label in sorted(p.labels, key=lambda l: l[2])])
    chart.given["across"] = across
    return chart
