# SPDX-License-Identifier: MIT
"""draw_board.py - the board: every claim about time on one axis.

The control stands first: it says how far the rest can be trusted.  Then the costliest
tip; what Go found stands below what C did.  There is no mean over all tips: they are
unlike, and nobody pays it."""

from dataclasses import dataclass

from chart import WIDE
from forest import Row, forest
from sentences import HEAPS, control, control_name, headline, label, lang_name
from words import listing, plural

INKS = {"slower": "bad", "faster": "good", "same": "muted", "unsure": "muted"}


@dataclass
class Found:
    """What was found about one time."""
    tip: object   # None: the control
    v: dict       # a verdict, or a row of times.csv
    claim: dict   # empty: the tip claims nothing about time
    run: object = None  # of the control

    def word(self, margin):
        """The label of the saying, where a time decided it; else what was found of the time."""
        mark = self.mark(margin)
        found = {"same": "no difference", "unsure": "undecided"}.get(mark, mark)
        if self.tip is None:
            return {"refuted": "DIFFERENT", "holds": "the same"}.get(self.v.get("verdict"), found)
        by_time = self.tip.labels.get(self.v["lang"], {}).get("ratio")
        return label(self.tip, self.v["lang"]) if self.claim and by_time else found

    def mark(self, margin):
        """Where the interval lies, if the run could decide."""
        if (self.v.get("verdict") or self.v["relation"].lower()) == "unsure":
            return "unsure"
        if not self.claim:
            return self.v["relation"].lower()
        lo, hi = self.v["lo"], self.v["hi"]
        if lo > 1 / (1 + margin) and hi < 1 + margin:
            return "same"
        return "slower" if lo > 1 else "faster" if hi < 1 else "unsure"

    def name(self):
        """With what is claimed, where it is not just "slower"."""
        if self.tip is None:
            return control_name(self.run) + (f" ({lang_name(self.v['lang'])})" if self.v["lang"] != "c" else "")
        least = self.claim.get("ratio") or 0
        return self.tip.name + (", claimed the same" if self.claim.get("bad", "").upper() == "SAME" else
                                f", claimed ≥ {least:g}×" if least else "")

    def blocks(self):
        return int(self.v.get("n") or self.v.get("blocks") or 0)


def found_in(run):
    """Everything timed, in order: the control, the claims, and what was timed besides."""
    found = [Found(tip, v, tip.claim(v) if tip else {"bad": "SAME"}, run) for tip in [None] + run.tips
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
    go = f.v["lang"].startswith("go")
    what = f"in {lang_name(f.v['lang'])}" if go else "on " + HEAPS.get(f.v["lang"], "")
    mark, word = f.mark(margin), f.word(margin)
    shape = ("open kite" if go else "ring") if mark == "unsure" else "kite" if go else "disc"
    return Row(name=f.name() if not beside else what if wide else "",
               said=word if wide or not beside else f"{what}: {word}",
               ratio=f.v["ratio"], lo=f.v["lo"], hi=f.v["hi"], shape=shape, ink=INKS[mark],
               said_ink="ink" if f.claim else "muted", bold=bool(f.claim), beside=beside,
               before="Timed too, though no claim is about its time:" * bool(above and above.claim and not f.claim),
               data=(f.tip.name if f.tip else "null", f.v["lang"], mark, f.v.get("verdict") or "-", f.blocks()))


def tally(found, margin):
    """ "In C bad is slower in 22 of 26 pairs and faster in 3; 1 could not be decided." """
    marks = [f.mark(margin) for f in found if f.tip and f.v["lang"] == "c"]
    words = {"slower": "slower", "faster": "faster", "same": "as fast as good"}
    counts = [f"{words[m]} in {marks.count(m)}" for m in words if m in marks]
    if not marks:
        return "No time was measured in this run."
    text = f"Of {plural(len(marks), 'pair')} timed in C, bad is {listing(counts)}" if counts else f"Of {plural(len(marks), 'pair')} timed in C none was decided"
    return text + (f"; {marks.count('unsure')} could not be decided" if counts and "unsure" in marks else "") + "."


def sentence(run, found):
    said = [headline(run) if run.labelled else "", tally(found, run.margin()), control(run)]
    return " ".join(s if s[-1] in ".!?" else s + "." for s in said if s)


def key(found):
    go = any(f.v["lang"] == "go" for f in found)
    return ([("C", "disc", "ink")] + [("real Go", "kite", "ink")] * go +
            [("undecided", "ring", "muted"), ("no difference that counts", "square", "band")])


def counted(run, found):
    ns = sorted({f.blocks() for f in found}) or [0]
    return (f"n: {' to '.join(str(n) for n in dict.fromkeys((ns[0], ns[-1])))} blocks of 4 processes for each row. "
            f"Margin: differences under {run.margin():.0%} do not count.")


def board(run, width=WIDE):
    found = found_in(run)
    rows = [row_of(f, above, width == WIDE, run.margin()) for above, f in zip([None] + found, found)]
    return forest("board", width, "Does the bad twin take longer?", sentence(run, found), rows, run.margin(),
                  ("tip", "lang", "mark", "verdict", "blocks"), key=key(found),
                  notes="Time of a request, bad / good, with its interval, on a logarithmic axis. An arrow: beyond it. At the right, where a time decides it: is the saying true?", foot=[counted(run, found), run.source_line()])
