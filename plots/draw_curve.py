# SPDX-License-Identifier: MIT
"""draw_curve.py - how the times of two twins compare by the size of a request, and so where one
becomes quicker than the other.  No verdict comes from it."""

import math
from itertools import groupby

from chart import WIDE, Chart
from sentences import lang_name, relation
from words import capital, number, span

WORDS = {"same": "as fast", "unsure": "undecided"}  # of relations that have another word in a sentence


def mark(lang):
    """(its shape, its ink)"""
    return ("disc", "ink") if lang == "c" else ("square", "muted")


def at_sizes(sizes, every):
    """Where among all sizes these neighbours are."""
    first, last = number(sizes[0]), number(sizes[-1])
    if sizes == every:
        return "at every size"
    if len(sizes) == 1:
        return f"at {first}"
    if sizes[0] == every[0]:
        return f"up to {last}"
    return f"from {first} on" if sizes[-1] == every[-1] else f"from {first} to {last}"


def curve_sentence(lines, margin):
    """ "In C bad is faster up to 4, undecided at 16, slower from 64 on." """
    said = []
    for lang, points in lines.items():
        every = [p["size"] for p in points]
        parts = [f"{WORDS.get(found, found)} {at_sizes([p['size'] for p in of], every)}"
                 for found, of in groupby(points, lambda p: relation(p, margin))]
        said.append(f"in {lang_name(lang)} bad is {', '.join(parts)}")
    return capital("; ".join(said)) + "."


def time_curve(run, tip, width=WIDE):
    lines = {lang: sorted((c for c in tip.curves if c["lang"] == lang and c["ratio"]), key=lambda c: c["size"]) for lang in tip.shown}
    lines = {lang: points for lang, points in lines.items() if points}
    if not lines:
        return None
    points = sum(lines.values(), [])
    lowest, highest = min(c["lo"] or c["ratio"] for c in points), max(c["hi"] or c["ratio"] for c in points)
    chart = Chart(f"{tip.slug}-curve", "turn", width, f"{tip.title}: from which size on?", curve_sentence(lines, run.margin),
                  ["line", "lang", "size", "ratio", "lo", "hi"], above=tip.name, tip=tip.name,
                  key=[(lang_name(lang), *mark(lang)) for lang in lines],
                  notes=f"Time of bad divided by time of good, by {tip.dial_unit}, both axes logarithmic. Undecided: the interval reaches into the "
                        f"shaded margin of {run.margin:.0%} and out of it.",
                  foot=[f"n: {span([c['blocks'] for c in points])} blocks a size; 95 % intervals, each of its size alone. A picture beside the verdict, which "
                        "is about one size.", run.source])
    chart.rows = [(i, lang, c["size"], c["ratio"], c["lo"] or c["ratio"], c["hi"] or c["ratio"])
                  for i, (lang, points) in enumerate(lines.items(), 1) for c in points]
    chart.arrays("ways", ("mark", "role"), [mark(lang) for lang in lines])
    chart.arrays("sizes", ("size_at",), [(size,) for size in sorted({c["size"] for c in points})])
    chart.given |= {"y0": 2.0 ** math.floor(min(-1, math.log2(lowest))), "y1": 2.0 ** math.ceil(max(1, math.log2(highest))),
                    "x_label": tip.words["dial_unit"], "margin": run.margin}
    return chart
