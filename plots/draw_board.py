# SPDX-License-Identifier: MIT
"""draw_board.py - the board: every claim about time on one axis.

The null pair stands first: it says how far the rest can be trusted.  Then the costliest
tip; what Go found stands below what C did.  There is no mean over all tips: they are
unlike, and nobody pays it."""

from dataclasses import dataclass

from chart import WIDE
from forest import Row, forest
from sentences import HEAPS, untrusted
from words import listing, plural

INKS = {"slower": "bad", "faster": "good", "same": "muted", "unsure": "muted"}


@dataclass
class Found:
    """What was found about one time."""
    tip: object   # None: the null pair
    v: dict       # a verdict, or a row of times.csv
    claim: dict   # empty: the tip claims nothing about time

    def word(self):
        said = self.v.get("verdict") or self.v["relation"].lower()
        if self.tip is None:
            return {"holds": "the same", "refuted": "DIFFERENT"}.get(said, said)
        return said + "*" * (said == self.v.get("expected") == "refuted")

    def mark(self, margin):
        """Where the interval lies, if the run could decide."""
        if self.word().startswith("unsure"):
            return "unsure"
        if not self.claim:
            return self.v["relation"].lower()
        return "slower" if self.v["lo"] > 1 + margin else "faster" if self.v["hi"] < 1 / (1 + margin) else "same"

    def name(self):
        """With what is claimed, where it is not just "slower"."""
        if self.tip is None:
            return "null pair: good against good" + " (Go)" * (self.v["lang"] == "go")
        least = self.claim.get("ratio") or 0
        return self.tip.name + (", claimed the same" if self.claim.get("bad", "").upper() == "SAME" else
                                f", claimed ≥ {least:g}×" if least else "")

    def blocks(self):
        return int(self.v.get("n") or self.v.get("blocks") or 0)


def found_in(run):
    """Everything timed, in order: the null pair, the claims, and what was timed besides."""
    found = [Found(tip, v, tip.claim(v) if tip else {"bad": "SAME"}) for tip in [None] + run.tips
             for v in (tip.verdicts if tip else run.null) if v["kind"] == "time"]
    claimed = {(f.tip, f.v["lang"]) for f in found}
    found += [Found(tip, t, {}) for tip in run.tips for lang, t in tip.times.items() if (tip, lang) not in claimed]
    found = [f for f in found if f.v["ratio"] and f.v["lo"] and f.v["hi"]]
    cost = {}
    for f in found:
        cost.setdefault((f.tip, bool(f.claim)), f.v["ratio"])
    return sorted(found, key=lambda f: (f.tip is not None, not f.claim, -cost[f.tip, bool(f.claim)] if f.tip else 0,
                                        f.tip.name if f.tip else "", f.v["lang"] != "c"))


def row_of(f, above, wide, margin):
    beside = above is not None and f.v["lang"] != "c" and f.tip is above.tip
    what = "in Go" if f.v["lang"] == "go" else "on " + HEAPS.get(f.v["lang"], "")
    mark, go = f.mark(margin), f.v["lang"] == "go"
    shape = ("open kite" if go else "ring") if mark == "unsure" else "kite" if go else "disc"
    return Row(name=f.name() if not beside else what if wide else "",
               said=f.word() if wide or not beside else f"{what}: {f.word()}",
               ratio=f.v["ratio"], lo=f.v["lo"], hi=f.v["hi"], shape=shape, ink=INKS[mark],
               said_ink="ink" if f.claim else "muted", bold=bool(f.claim), beside=beside,
               before="Timed too, though no claim is about its time:" * bool(above and above.claim and not f.claim),
               data=(f.tip.name if f.tip else "null", f.v["lang"], mark, f.v.get("verdict") or "-", f.blocks()))


def tally(said):
    """ "Of 10 claims about time 5 hold, 3 are refuted and 2 are unsure." """
    if not said:
        return "No claim about time in this run."
    forms = {"holds": ("holds", "hold"), "refuted": ("is refuted", "are refuted"), "unsure": ("is unsure", "are unsure")}
    counts = [f"{said.count(w)} {forms[w][said.count(w) != 1]}" for w in forms if w in said]
    return f"Of {plural(len(said), 'claim about time', 'claims about time')} {listing(counts)}."


def sentence(run, found):
    text = tally([f.v["verdict"] for f in found if f.tip and f.claim])
    if untrusted(run):
        return text + " But the null pair came out different: do not trust the times of this run."
    null = {"holds": "the same, as it must", "unsure": "unsure: this run can tell little"}
    return text + "".join(f" The null pair, good against a copy of itself, came out {null[v['verdict']]}."
                          for v in run.null[:1])


def key(found):
    go = any(f.v["lang"] == "go" for f in found)
    return ([("C", "disc", "ink")] + [("real Go", "kite", "ink")] * go +
            [("undecided", "ring", "muted"), ("the margin", "square", "band")])


def counted(run, found):
    ns = sorted({f.blocks() for f in found}) or [0]
    text = f"n: {' to '.join(str(n) for n in dict.fromkeys((ns[0], ns[-1])))} blocks of 4 processes for each row. Margin: {run.margin():.0%}."
    return text + " * refuted, as the tip expects." * any(f.word().endswith("*") for f in found)


def board(run, width=WIDE):
    found = found_in(run)
    rows = [row_of(f, above, width == WIDE, run.margin()) for above, f in zip([None] + found, found)]
    return forest("board", width, "Does the bad twin take longer?", sentence(run, found), rows, run.margin(),
                  ("tip", "lang", "mark", "verdict", "blocks"), key=key(found),
                  notes="Time per op, bad / good, with its interval. An arrow: beyond the axis.", foot=[counted(run, found), run.source_line()])
