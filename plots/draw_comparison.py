# SPDX-License-Identifier: MIT
"""draw_comparison.py - the chart of a comparison: every pair that was timed in all of its runs,
with the label of its saying and the ratio that each run found."""

from chart import WIDE
from draw_board import Found, Row, forest
from run import load, source_line
from sentences import lang_name
from words import alike, plural

MARKS = (("disc", "good"), ("square", "bad"), ("kite", "ink"), ("up", "muted"), ("ring", "good"), ("open kite", "bad"))
LETTERS = "ABCDEF"


def labels(compared):
    """{tip: its label, or "A myth, B true" where runs disagree}; older runs have none."""
    every = [r.get("labels", {}) for r in compared["runs"]]
    said = {tip: alike([(who, run[tip]) for who, run in zip(LETTERS, every) if tip in run]) for run in every for tip in run}
    return {tip: ", ".join(f"{who} {word}" for who, word in words) if len(words) > 1 else words[0][1] for tip, words in said.items()}


def rows_of(pair, said, margin):
    tip, _, lang = pair["name"].partition(" time")
    label = said.get(tip, "")
    name = tip + f" in {lang_name(lang[2:])}" * bool(lang) + ", changed" * pair["changed"] + f"\n{label}"
    for i, (who, mark, f) in enumerate(zip(LETTERS, MARKS, pair["runs"])):
        found = Found(None, f, {}, margin)
        word = found.word if pair["null"] else found.of_time
        yield Row("" if i else name, f"{who} {word}", f, *mark, said_ink=mark[1], changed=pair["changed"] or "," in label,
                  beside=i > 0, data=(who, word, pair["name"], label))


def sentence(compared, pairs, said):
    every = [r for r in compared["rows"] if not r["null"]]
    differ = f"Of {plural(len(said), 'saying')} the label of {sum(',' in s for s in said.values())} differs. " * bool(said)
    return (f"{differ}Of {plural(len(every), 'verdict')} {sum(r['changed'] for r in every)} changed. Of {plural(len(pairs), 'pair')} "
            f"that were timed in all runs, the intervals of {sum(r['apart'] for r in pairs)} lie apart.")


def comparison(folder, width=WIDE):
    """The control first, then every pair of which each run has an interval."""
    compared = load(folder / "comparison.json", "`build/twinbench compare RUN RUN` makes one")
    pairs = [r for r in compared["rows"] if r["kind"] == "time" and all(None not in (f["ratio"], f["lo"], f["hi"]) for f in r["runs"])]
    pairs.sort(key=lambda r: not r["null"])
    said, margin = labels(compared), compared["margin"]
    runs = [f"{who}: " + " · ".join(filter(None, (source_line(r["machine"]), r["machine"].get("compiler"))))
            for who, r in zip(LETTERS, compared["runs"])]
    return forest("compare", width, "The same pairs in several runs: bad against good", sentence(compared, pairs, said),
                  [row for pair in pairs for row in rows_of(pair, said, margin)], [int(f["n"]) for r in pairs for f in r["runs"]], margin,
                  ("run", "found", "name", "label"), key=[(who, *mark) for who, mark, _ in zip(LETTERS, MARKS, runs)],
                  notes="\n".join(runs + ["Below each name: is the saying true?"] * bool(said)))
