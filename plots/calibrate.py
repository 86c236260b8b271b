#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""calibrate.py FOLDER - the chart of a calibration: what the rule for time says of pairs
whose true difference is known, on this machine."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from page import EDGE, INK, MUTED, NARROW, WIDE, Page
from render import arguments, draw_all, main_of
from run import Trouble, rows, source_line, to_number
from words import number, width

SAID = ("slower", "unsure", "same", "faster")
TEXT = {"slower": INK, "unsure": INK, "same": "#ffffff", "faster": "#ffffff"}
BAR, STEP = 20, 25  # pixels: a bar, and from one to the next
TITLES = {"full": "make bench", "quick": "make bench QUICK=1"}


def share(part, whole):
    return 100 * part / whole


def figures(percent):
    """Rounded, but never to a 0 or 100 that it is not."""
    return f"{percent:.1f} %" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f} %"


def bar(page, row, y, left, right):
    """One true effect: its name at the left, and the parts of its bar."""
    page.text(f"{to_number(row['effect']):.0%}", left - 10, y + BAR / 2, 13, colour=INK, align="right")
    at = 0.0
    for said in SAID:
        part = share(to_number(row[said]), to_number(row["stretches"]))
        if part == 0:
            continue
        page.rows.append((row["looks"], to_number(row["effect"]), said, at, at + part, float(y), float(y + BAR)))
        middle, text = left + (right - left) * (at + part / 2) / 100, figures(part)
        if width(text, 12) + 6 < (right - left) * part / 100:
            page.text(text, middle + width(text, 12) / 2, y + BAR / 2, 12, colour=TEXT[said], align="right")
        at += part


def bars(page, table, y, left, right):
    for looks in TITLES:
        mine = [r for r in table if r["looks"] == looks]
        if not mine:
            continue
        y += 8
        y = page.paragraph(f"{TITLES[looks]}: {number(to_number(mine[0]['stretches']))} stretches, "
                           f"{mine[0]['apart']} of them apart", EDGE, y, page.w - 2 * EDGE, 13, True, INK) + 5
        for row in mine:
            bar(page, row, y, left, right)
            y += STEP
    return y


def chart(calibration, table, wide=WIDE):
    page = Page("calibration", "calibrate", wide, ["looks", "effect", "said", "from", "to", "top", "bottom"])
    margin = to_number(table[0]["margin"])
    says = next(d["says"] for d in calibration["designs"] if not d["quick"] and abs(d["margin"] - margin) < 1e-6)
    usual = (f"The usual way, ten runs of one and then ten of the other with a U test at 5 %, would call "
             f"{calibration['usual']:.0%} of pairs without a difference different.")
    y = page.heading("How small a difference in time can be told here?", f"{says} {usual}")
    y = page.paragraph("What is said of each true difference (at the left), in % of all stretches:", EDGE, y + 6,
                       page.w - 2 * EDGE)
    y = page.key(y + 2, ("■ slower", "#a34a00"), ("□ unsure", MUTED), ("■ the same", MUTED), ("■ faster", "#14568e"))
    left, right, top = EDGE + 54, page.w - EDGE - 18, y
    y = bars(page, table, y, left, right)
    page.vars = {"left": left, "right": right, "top": top, "bottom": y + 2}
    page.footing(y + 30, f"n: {number(calibration['processes'])} processes of {calibration['tip']}, good. "
                 f"Margin: {margin:.0%}.", source_line(calibration["machine"]))
    return page


def render(args):
    folder = args.folder
    try:
        calibration = json.loads((folder / "calibration.json").read_text())
    except (OSError, ValueError):
        raise Trouble(f"{folder}: no calibration in it; `make calibrate` makes one")
    margin = calibration["machine"].get("margin", 0.1)
    table = [r for r in rows(folder / "calibration.csv") if abs(to_number(r["margin"]) - margin) < 1e-6]
    draw_all([chart(calibration, table, w) for w in (WIDE, NARROW)], folder)


if __name__ == "__main__":
    sys.exit(main_of(arguments("The chart of a calibration.", "a folder under results/calibration/"), render))
