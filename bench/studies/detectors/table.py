# SPDX-License-Identifier: MIT
"""table.py - the rows of detectors.csv as a table of tips and tools, 80 columns wide."""

import sys
import textwrap
from pathlib import Path

sys.path += [str(Path(__file__).resolve().parents[3] / name) for name in ("plots", "bench/python")]
from report.detectors import columns, count, meaning, not_run, otherwise, version

# What a tool said of a tip: a sign, and one for a terminal without it.
SIGNS = {"found": ("●", "*"), "missed": ("·", "."), "false alarm": ("!", "!"), "alike": ("≈", "~"), "something else": ("?", "?"),
         "not applicable": ("–", "-"), "failed": ("x", "x")}
MANY = 6  # tips that are named; more are counted


def legend(sign):
    words = [f"{sign[w]} {meaning(w)}" for w in SIGNS]
    return ["   ".join(words[:4]), "   ".join(words[4:])]


def text(rows, ascii_only=False):
    sign = {w: s[ascii_only] for w, s in SIGNS.items()}
    heads, tips = columns(rows), sorted({r["tip"] for r in rows})
    cells = {(r["tip"], r["tool"], r["executor"]): sign[r["result"]] for r in rows}
    letters = [chr(ord("a") + i) for i in range(len(heads))]
    wide = max(map(len, tips)) + 1
    lines = ["Who would have told you", "", " " * wide + "".join(f" {l} " for l in letters).rstrip()]
    lines += [tip.ljust(wide) + "".join(f" {cells.get((tip, *h), ' ')} " for h in heads).rstrip() for tip in tips]
    lines += ["", *legend(sign), ""]
    for letter, head in zip(letters, heads):
        where = "in C" if head[1] == "c" else f"in Go {head[1][2:]}"
        name = f"{head[0]} {version(rows, *head)}".strip()
        alarms = count(rows, *head, "false alarm")
        lines.append(f"{letter}  {name:<29.29} {where:<11} found {count(rows, *head, 'found'):2} of {len(tips)}"
                     f"{f', false alarms: {alarms}' if alarms else ''}")
    for tool, line, of in otherwise(rows):
        lines += ["", f"{tool}: {line}{':' * bool(of)}", *(f"    {t}" for t in (of if len(of) <= MANY else [f"{len(of)} tips"]))]
    for names, where, of in not_run(rows):
        lines += ["", *textwrap.wrap(f"not run, so that an empty cell is no answer: {names} in {where} on "
                                     + (", ".join(of) if len(of) <= MANY else f"{len(of)} tips"), 80, break_on_hyphens=False)]
    for r in rows:
        if r["result"] == "false alarm":
            lines += ["", f"false alarm of {r['tool']} ({r['executor']}) on {r['tip']}, {r['place']}:", f"    {r['says'][:76]}"]
    return "\n".join(lines) + "\n"
