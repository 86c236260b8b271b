#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""compare.py FOLDER - the chart of a comparison: every pair that was timed in all of its
runs, with the ratio that each found."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from board import FIGURES, ratio_ticks, reach_of_values
from page import EDGE, INK, MUTED, NARROW, WIDE, Page
from render import arguments, draw_all, main_of
from run import Trouble, source_line
from words import plural, ratio, width, wrap

SHAPES = ("●", "■", "◆", "▲", "○", "◇")
INKS = ("#14568e", "#a34a00", INK, MUTED, "#14568e", "#a34a00")
STEP = 18  # pixels from a run to the next


def letter(i):
    return chr(ord("A") + i)


def timed(rows):
    """Rows in which every run has an interval; the null pair first."""
    mine = [r for r in rows if r["kind"] == "time" and all(None not in (f["ratio"], f["lo"], f["hi"]) for f in r["runs"])]
    return [{**r, "name": r["name"].replace(" time", "")} for r in sorted(mine, key=lambda r: not r["null"])]


def place_row(page, row, y, axis):
    """Its name, and a line for each run; the y below."""
    wide = page.w == WIDE
    limit = axis[0] - 14 - EDGE if wide else page.w - 2 * EDGE
    name = row["name"] + (", changed" if row["changed"] else "")
    for i, line in enumerate(wrap(name, 13, limit, row["changed"])):
        page.text(line, EDGE, y + 10 + 17 * i, 13, row["changed"], INK)
    names = y + 17 * (i + 1)
    y = y if wide else names
    for i, found in enumerate(row["runs"]):
        at = y + 10
        text = f"{letter(i)} {ratio(found['ratio'])} ({ratio(found['lo'])[:-1]}–{ratio(found['hi'])[:-1]}) {found['verdict']}"
        if wide:
            page.text(text, axis[1] + 14, at, 12, colour=INKS[i])
        else:
            page.text(text, EDGE, at, 12, colour=INKS[i])
            at += 16
            y += 16
        page.rows.append((float(at), i + 1, found["ratio"], found["lo"], found["hi"], row["name"]))
        y += STEP
    return max(y, names) + 6


def sentence(compared, rows):
    every = [r for r in compared["rows"] if not r["null"]]
    changed = sum(r["changed"] for r in every)
    apart = sum(r["apart"] for r in rows)
    return (f"Of {plural(len(every), 'verdict')} {changed} changed. Of {plural(len(rows), 'pair')} that were timed in all "
            f"runs, the intervals of {apart} lie apart.")


def blocks(rows):
    ns = [int(f["n"]) for r in rows for f in r["runs"]]
    return f"{min(ns)}" if min(ns) == max(ns) else f"{min(ns)} to {max(ns)}"


def axis_of(page, rows):
    if page.w != WIDE:
        return EDGE + 16, page.w - EDGE - 16
    names = max(width(r["name"] + ", changed", 13) for r in rows)
    return EDGE + min(names, 270) + 14, page.w - EDGE - FIGURES


def chart(compared, rows, wide=WIDE):
    page = Page("compare", "compare", wide, ["at", "run", "ratio", "lo", "hi", "name"])
    runs = compared["runs"]
    reach, axis = reach_of_values([v for r in rows for f in r["runs"] for v in (f["lo"], f["hi"])]), axis_of(page, rows)
    y = page.heading("The same pairs in several runs: bad against good", sentence(compared, rows)) + 4
    for i, r in enumerate(runs):
        words = " · ".join(filter(None, (source_line(r["machine"]), r["machine"].get("compiler"))))
        y = page.paragraph(f"{SHAPES[i]} {letter(i)}  {words}", EDGE, y, page.w - 2 * EDGE, 12, colour=INKS[i])
    page.text("← bad is faster", sum(axis) / 2 - 10, y + 16, 12, colour=MUTED, align="right")
    page.text("bad is slower →", sum(axis) / 2 + 10, y + 16, 12, colour=MUTED)
    y = top = y + 30
    rules = []
    for row in rows:
        y = place_row(page, row, y, axis)
        rules.append(y - 2)
        y += 4
    page.vars = {"left": axis[0], "right": axis[1], "top": top, "bottom": y, "reach": reach, "runs": len(runs),
                 "margin": compared["margin"], "xtics": ratio_ticks(reach, axis[1] - axis[0]),
                 "lines": len(rules), "line_at": rules, "line_from": EDGE, "line_to": page.w - EDGE}
    page.footing(y + 30, f"Time per op, bad / good, with intervals. n: {blocks(rows)} blocks of 4 processes for each. "
                 f"Margin, shaded: {compared['margin']:.0%}, for all runs.")
    return page


def render(args):
    try:
        compared = json.loads((args.folder / "comparison.json").read_text())
    except (OSError, ValueError):
        raise Trouble(f"{args.folder}: no comparison in it; `build/twinbench compare RUN RUN` makes one")
    rows = timed(compared["rows"])
    draw_all([chart(compared, rows, w) for w in (WIDE, NARROW)], args.folder)


if __name__ == "__main__":
    sys.exit(main_of(arguments("The chart of a comparison.", "a folder under results/compare/"), render))
