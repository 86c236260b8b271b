# SPDX-License-Identifier: MIT
"""draw_board.py - the board: every claim about time on one axis.

The control stands first: it says how far the rest can be trusted.  Then the costliest
tip; what Go found stands below what C did.  There is no mean over all tips: they are
unlike, and nobody pays it."""

from dataclasses import dataclass

from chart import WIDE
from forest import Row, forest
from run import age
from sentences import HEAPS, control, control_name, headline, label, lang_name
from words import listing, plural

INKS = {"slower": "bad", "faster": "good", "same": "muted", "unsure": "muted"}
NOTES = ("Time of a request, bad / good, with its interval, on a logarithmic axis. An arrow: beyond it. At the right, where a "
         "time decides it: is the saying true?")


@dataclass
class Found:
    """What was found about one time."""
    tip: object   # None: the control
    v: dict       # a verdict, or a row of times.csv
    claim: dict   # empty: the tip claims nothing about time
    margin: float
    control: str = ""  # its name

    @property
    def mark(self):
        """Where the interval lies, if the run could decide."""
        if (self.v.get("verdict") or self.v["relation"].lower()) == "unsure":
            return "unsure"
        if not self.claim:
            return self.v["relation"].lower()
        lo, hi = self.v["lo"], self.v["hi"]
        if lo > 1 / (1 + self.margin) and hi < 1 + self.margin:
            return "same"
        return "slower" if lo > 1 else "faster" if hi < 1 else "unsure"

    @property
    def go(self):
        return self.v["lang"].startswith("go")

    @property
    def word(self):
        """What was found of the time."""
        return {"same": "no difference", "unsure": "undecided"}.get(self.mark, self.mark)

    def said(self):
        """The label of the saying, where a time decided it; else what was found of the time."""
        if self.tip is None:
            return {"refuted": "DIFFERENT", "holds": "the same"}.get(self.v.get("verdict"), self.word)
        by_time = self.tip.labels.get(self.v["lang"], {}).get("ratio")
        return label(self.tip, self.v["lang"]) if self.claim and by_time else self.word

    def claimed(self):
        """What is claimed, where it is not just "slower"."""
        least = self.claim.get("ratio") or 0
        if not self.tip:
            return ""
        return f"claimed ≥ {least:g}×" if least else "claimed the same" * (self.claim.get("bad", "").upper() == "SAME")

    def name(self):
        if self.tip is None:
            return self.control + f" ({lang_name(self.v['lang'])})" * (self.v["lang"] != "c")
        return ", ".join(filter(None, (self.tip.name, self.claimed())))

    def blocks(self):
        return int(self.v.get("n") or self.v.get("blocks") or 0)


def timed(run):
    """Everything timed, in order: the control, the claims, and what was timed besides; of Go its
    newest release."""
    found = [Found(tip, v, tip.claim(v) if tip else {"bad": "SAME"}, run.margin(), control_name(run)) for tip in [None] + run.tips
             for v in (tip.verdicts if tip else run.null) if v["kind"] == "time"]
    claimed = {(f.tip, f.v["lang"]) for f in found}
    found += [Found(tip, t, {}, run.margin()) for tip in run.tips for lang, t in tip.times.items() if (tip, lang) not in claimed]
    newest = max((f.v["lang"] for f in found if f.go), key=age, default="")
    found = [f for f in found if f.v["ratio"] and f.v["lo"] and f.v["hi"] and (not f.go or f.v["lang"] == newest)]
    cost = {}
    for f in found:
        cost.setdefault((f.tip, bool(f.claim)), f.v["ratio"])
    return sorted(found, key=lambda f: (f.tip is not None, not f.claim, -cost[f.tip, bool(f.claim)] if f.tip else 0,
                                        f.tip.name if f.tip else "", f.v["lang"] != "c"))


def row_of(f, above, wide):
    beside = above is not None and f.v["lang"] != "c" and f.tip is above.tip
    what = f"in {lang_name(f.v['lang'])}" if f.go else "on " + HEAPS.get(f.v["lang"], "")
    shape = ("kite" if f.go else "disc") if f.mark != "unsure" else "open kite" if f.go else "ring"
    return Row(name=f.name() if not beside else what if wide else "", said=f.said() if wide or not beside else f"{what}: {f.said()}",
               ratio=f.v["ratio"], lo=f.v["lo"], hi=f.v["hi"], shape=shape, ink=INKS[f.mark],
               said_ink="ink" if f.claim else "muted", bold=bool(f.claim), beside=beside,
               before="Timed too, though no claim is about its time:" * bool(above and above.claim and not f.claim),
               data=(f.tip.name if f.tip else "null", f.v["lang"], f.mark, f.v.get("verdict") or "-", f.blocks()))


def tally(found):
    """ "Of 26 pairs timed in C, bad is slower in 22 and faster in 3; 1 could not be decided." """
    marks = [f.mark for f in found if f.tip and f.v["lang"] == "c"]
    if not marks:
        return "No time was measured in this run."
    words = {"slower": "slower", "faster": "faster", "same": "as fast as good"}
    counts = listing([f"{words[m]} in {marks.count(m)}" for m in words if m in marks]) or "told from good in none"
    return (f"Of {plural(len(marks), 'pair')} timed in C, bad is {counts}" +
            f"; {marks.count('unsure')} could not be decided" * ("unsure" in marks) + ".")


def board(run, width=WIDE):
    found = timed(run)
    rows = [row_of(f, above, width == WIDE) for above, f in zip([None] + found, found)]
    said = [headline(run)] * run.labelled + [tally(found), control(run)]
    go = [("real Go", "kite", "ink")] * any(f.go for f in found)
    return forest("board", width, "Does the bad twin take longer?", " ".join(s + "." * (s[-1] not in ".!?") for s in said if s), rows,
                  [f.blocks() for f in found], run.margin(), ("tip", "lang", "mark", "verdict", "blocks"), notes=NOTES, source=run.source_line(),
                  key=[("C", "disc", "ink")] + go + [("undecided", "ring", "muted"), ("no difference that counts", "square", "band")])
