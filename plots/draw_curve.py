# SPDX-License-Identifier: MIT
"""draw_curve.py - how the times of two twins compare by the size of a request, and so where one
becomes quicker than the other.  No verdict comes from it."""

import math

from chart import WIDE, Chart
from words import capital, number

EXECUTORS = {"c": ("C", "disc", "ink"), "go": ("Go", "square", "muted")}  # what is known of "go1.27": its name follows


def known(lang):
    """(its name, its mark, its ink)"""
    name, shape, ink = EXECUTORS["c" if lang == "c" else "go"]
    return f"{name} {lang[2:]}".strip(), shape, ink


def relation(point, margin):
    """Outside the margin with its whole interval, inside it, or neither."""
    if point["lo"] is None or point["hi"] is None:
        return "undecided"
    if point["lo"] > 1 + margin:
        return "slower"
    if point["hi"] < 1 / (1 + margin):
        return "faster"
    return "as fast" if point["lo"] > 1 / (1 + margin) and point["hi"] < 1 + margin else "undecided"


def stretches(points, margin):
    """[(relation, its first size, its last)] of neighbouring sizes of which the same is found."""
    found = []
    for p in points:
        said = relation(p, margin)
        if found and found[-1][0] == said:
            found[-1] = said, found[-1][1], p["size"]
        else:
            found.append((said, p["size"], p["size"]))
    return found


def at_sizes(first, last, begins, ends):
    """Of a stretch of sizes; does it begin with the smallest, or end with the largest?"""
    if first == last:
        return f"at {number(first)}"
    return f"up to {number(last)}" if begins else f"from {number(first)} on" if ends else f"from {number(first)} to {number(last)}"


def curve_sentence(lines, margin):
    """ "In C bad is faster up to 4, undecided at 16, slower from 64 on." """
    said = []
    for lang, points in lines.items():
        parts = stretches(points, margin)
        words = [f"{what} {at_sizes(first, last, i == 0, i == len(parts) - 1)}" for i, (what, first, last) in enumerate(parts)]
        said.append(f"in {known(lang)[0]} bad is {', '.join(words) if len(parts) > 1 else f'{parts[0][0]} at every size'}")
    return capital("; ".join(said)) + "."


def time_curve(run, tip, width=WIDE):
    lines = {lang: sorted((c for c in tip.curves if c["lang"] == lang and c["ratio"]), key=lambda c: c["size"]) for lang in tip.shown}
    lines = {lang: points for lang, points in lines.items() if points}
    if not lines:
        return None
    ends = [v for points in lines.values() for c in points for v in (c["lo"] or c["ratio"], c["hi"] or c["ratio"])]
    sizes = sorted({c["size"] for points in lines.values() for c in points})
    blocks = [int(c["blocks"]) for points in lines.values() for c in points]
    n = f"{min(blocks)}" if min(blocks) == max(blocks) else f"{min(blocks)} to {max(blocks)}"
    chart = Chart(f"{tip.slug}-curve", "turn", width, f"{tip.title}: from which size on?", curve_sentence(lines, run.margin),
                  ["line", "lang", "size", "ratio", "lo", "hi"], above=tip.name, tip=tip.name,
                  key=[(known(lang)[0], *known(lang)[1:]) for lang in lines],
                  notes=f"Time of bad divided by time of good, by {tip.dial_unit}, both axes logarithmic. Undecided: the interval reaches into the "
                        f"shaded margin of {run.margin:.0%} and out of it.",
                  foot=[f"n: {n} blocks a size; 95 % intervals, each of its size alone. A picture beside the verdict, which "
                        "is about one size.", run.source])
    chart.rows = [(i, lang, c["size"], c["ratio"], c["lo"] or c["ratio"], c["hi"] or c["ratio"])
                  for i, (lang, points) in enumerate(lines.items(), 1) for c in points]
    chart.arrays("ways", ("mark", "role"), [known(lang)[1:] for lang in lines])
    chart.arrays("sizes", ("size_at",), [(v,) for v in sizes])
    chart.given |= {"y0": 2.0 ** math.floor(min(-1, math.log2(min(ends)))), "y1": 2.0 ** math.ceil(max(1, math.log2(max(ends)))),
                    "x_label": tip.words["dial_unit"], "margin": run.margin}
    return chart
