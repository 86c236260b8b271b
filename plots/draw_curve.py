# SPDX-License-Identifier: MIT
"""draw_curve.py - how the times of two twins compare by the size of a request, and so where one
becomes quicker than the other.  No verdict comes from it."""

import math

from chart import WIDE, Chart
from words import capital, number

EXECUTORS = {"c": ("C", "disc", "ink"), "go": ("Go", "square", "good")}  # what is known of "go1.27": its name follows


def known(lang):
    """(its name, its mark, its ink)"""
    name, shape, ink = EXECUTORS["c" if lang == "c" else "go"]
    return f"{name} {lang[2:]}".strip(), shape, ink


def relation(point, margin):
    """Outside the margin with its whole interval, inside it, or neither."""
    if point["lo"] is None or point["hi"] is None:
        return "not told apart"
    if point["lo"] > 1 + margin:
        return "slower"
    if point["hi"] < 1 / (1 + margin):
        return "faster"
    return "as fast" if point["lo"] > 1 / (1 + margin) and point["hi"] < 1 + margin else "not told apart"


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


def curve_sentence(lines, margin):
    """ "In C bad is faster up to 4, not told apart at 16 and slower from 64 on." """
    said = []
    for lang, points in lines.items():
        parts, all_of_it = stretches(points, margin), len({relation(p, margin) for p in points}) == 1
        words = [f"{what} " + ("at every size" if all_of_it else f"up to {number(last)}" if i == 0 else
                               f"from {number(first)} on" if i == len(parts) - 1 else
                               f"at {number(first)}" if first == last else f"from {number(first)} to {number(last)}")
                 for i, (what, first, last) in enumerate(parts)]
        said.append(f"in {known(lang)[0]} bad is {', '.join(words)}")
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
    chart = Chart(f"{tip.slug}-curve", "turn", width, "Which twin is quicker, by the size of a request", curve_sentence(lines, run.margin),
                  ["line", "lang", "size", "ratio", "lo", "hi"], above=tip.name, tip=tip.name,
                  key=[(known(lang)[0], *known(lang)[1:]) for lang in lines],
                  notes="Time of bad by time of good, by the size of a request, both axes logarithmic. Bars: intervals.",
                  foot=[f"n: {n} blocks a size; 95 % intervals, each of its size alone. Margin: {run.margin:.0%}, shaded; "
                        "no verdict comes from this.", run.source])
    chart.rows = [(i, lang, c["size"], c["ratio"], c["lo"] or c["ratio"], c["hi"] or c["ratio"])
                  for i, (lang, points) in enumerate(lines.items(), 1) for c in points]
    chart.arrays("ways", ("mark", "role"), [known(lang)[1:] for lang in lines])
    chart.arrays("sizes", ("size_at",), [(v,) for v in sizes])
    chart.given |= {"y0": 2.0 ** math.floor(min(-1, math.log2(min(ends)))), "y1": 2.0 ** math.ceil(max(1, math.log2(max(ends)))),
                    "x_label": tip.words["dial_unit"], "margin": run.margin}
    return chart
