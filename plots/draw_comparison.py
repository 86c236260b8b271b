#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""draw_comparison.py FOLDER - the chart of a comparison: every pair that was timed in all
of its runs, with the ratio that each found."""

import sys

sys.dont_write_bytecode = True

from chart import NARROW, WIDE, draw_all, found_in, main
from forest import Row, forest
from run import source_line
from words import plural

MARKS = (("disc", "good"), ("square", "bad"), ("kite", "ink"), ("up", "muted"), ("ring", "good"), ("open kite", "bad"))


def letter(i):
    return chr(ord("A") + i)


def timed(rows):
    """Rows in which every run has an interval; the control first."""
    mine = [r for r in rows if r["kind"] == "time" and all(None not in (f["ratio"], f["lo"], f["hi"]) for f in r["runs"])]
    return sorted(mine, key=lambda r: not r["null"])


def rows_of(pair):
    name = pair["name"].replace(" time", "") + ", changed" * pair["changed"]
    return [Row("" if i else name, f"{letter(i)} {f['verdict']}", f["ratio"], f["lo"], f["hi"], *MARKS[i], said_ink=MARKS[i][1],
                changed=pair["changed"], beside=i > 0, data=(letter(i), f["verdict"], pair["name"])) for i, f in enumerate(pair["runs"])]


def sentence(compared, pairs):
    every = [r for r in compared["rows"] if not r["null"]]
    return (f"Of {plural(len(every), 'verdict')} {sum(r['changed'] for r in every)} changed. Of {plural(len(pairs), 'pair')} "
            f"that were timed in all runs, the intervals of {sum(r['apart'] for r in pairs)} lie apart.")


def comparison(compared, width=WIDE):
    pairs = timed(compared["rows"])
    ns = sorted({int(f["n"]) for r in pairs for f in r["runs"]}) or [0]
    key = [(letter(i), *MARKS[i]) for i in range(len(compared["runs"]))]
    runs = [f"{letter(i)}: " + " · ".join(filter(None, (source_line(r["machine"]), r["machine"].get("compiler"))))
            for i, r in enumerate(compared["runs"])]
    return forest("compare", width, "The same pairs in several runs: bad against good", sentence(compared, pairs),
                  [row for pair in pairs for row in rows_of(pair)], compared["margin"], ("run", "verdict", "name"),
                  key=key, notes="\n".join(runs),
                  foot=["Time of a request, bad / good, with intervals. n: " + " to ".join(str(n) for n in dict.fromkeys((ns[0], ns[-1]))) +
                        f" blocks of 4 processes for each. Margin, shaded: {compared['margin']:.0%}, for all runs."])


def render(args):
    compared = found_in(args.folder, "comparison.json", "`build/twinbench compare RUN RUN` makes one")
    draw_all([comparison(compared, w) for w in (WIDE, NARROW)], args.folder)


if __name__ == "__main__":
    sys.exit(main("The chart of a comparison.", "a folder under results/compare/", render))
