# SPDX-License-Identifier: MIT
"""draw_board.py - the board: every claim about time on one axis.  And rows of ratios with their
intervals, which a comparison has too.

The control stands first: it says how far the rest can be trusted.  Then the costliest
tip; what Go found stands below what C did.  There is no mean over all tips: they are
unlike, and nobody pays it."""

from dataclasses import dataclass

from chart import EDGE, WIDE, Chart, fold
from run import WITHHELD, age
from sentences import HEAPS, control, control_name, headline, label, lang_name, relation
from words import between, capital, listing, plural, ratio, span

INKS = {"slower": "bad", "faster": "good", "same": "muted", "unsure": "muted"}
NOTES = ("Each row: time of a request of bad / that of good, with its interval; the axis is logarithmic. At the right: is the "
         "saying true? Or, where it is not about this time, is bad slower?")
REACH = 16  # the axis goes no further


# --- rows

@dataclass
class Row:
    name: str      # empty: it goes on with the row above
    said: str      # the verdict
    v: dict        # ratio, lo and hi
    shape: str     # as style.gp knows it; so is the ink
    ink: str
    said_ink: str = "ink"
    bold: bool = False    # of the verdict; and of the name:
    changed: bool = False
    beside: bool = False  # it belongs to the row above
    before: str = ""      # a line above it
    data: tuple = ()      # for readers of the .tsv

    def figures(self):
        return f"{ratio(self.v['ratio'])} ({between(self.v['lo'], self.v['hi'])[:-1]})"


def forest(name, width, title, lead, rows, blocks, margin, more, key, source="", **words):
    """The chart.  blocks: behind each row; more: names of the columns of each row's data."""
    far = [("→ beyond the axis", "none", "muted")] * any(r.v["hi"] > REACH or r.v["lo"] < 1 / REACH for r in rows)
    chart = Chart(name, "forest", width, title, lead, ["row", *more, "shape", "ink", "ratio", "lo", "hi"], key=key + far, **words,
                  foot=[f"n: {span(blocks)} blocks of 4 processes for each row. Margin, shaded: differences under {margin:.0%} do not count.", source])
    chart.rows = [(i, *r.data, r.shape, r.ink, r.v["ratio"], r.v["lo"], r.v["hi"]) for i, r in enumerate(rows, 1)]
    chart.given["margin"] = margin
    room = 270 if width == WIDE else width - 2 * EDGE
    chart.arrays("rows", ("name", "name_bold", "said", "figures", "said_ink", "said_bold", "beside", "before"),
                 [(fold(r.name, room, 13, r.changed), r.changed, r.said, r.figures(), r.said_ink, r.bold, r.beside, r.before) for r in rows])
    return chart


# --- what was found

@dataclass
class Found:
    """What was found about one time."""
    tip: object   # None: the control
    v: dict       # a verdict, or a row of times.csv
    claim: dict   # empty: the tip claims nothing about time
    margin: float

    @property
    def mark(self):
        """Where the interval lies, if the run could decide."""
        return "unsure" if self.v["verdict"] == "unsure" else relation(self.v, self.margin)

    @property
    def of_time(self):
        """What was found of the time."""
        return "withheld" if self.v.get("note") == WITHHELD else {"same": "no difference", "unsure": "undecided"}.get(self.mark, self.mark)

    @property
    def word(self):
        """The label of the saying, where a time decided it; else what was found of the time.  Wherever a
        time is told, it has this word."""
        if self.tip is None:
            return {"refuted": "DIFFERENT", "holds": "the same"}.get(self.v["verdict"], self.of_time)
        said = self.tip.labels.get(self.v["lang"], {}) if self.claim else {}
        if not said.get("ratio") or self.of_time == "withheld":
            return self.of_time
        return label(self.tip, self.v["lang"]) + ": less than said" * said["evidence"].endswith("by less than said")

    def size(self):
        """What decides, where it is not just "slower": a size that the saying has, or that the tip is tested for."""
        for word, of in (("said", self.tip.words.get("says") or () if self.tip else ()), ("tested", [self.claim] if self.tip else ())):
            least = next((c["ratio"] for c in of if c.get("column") == "time" and c.get("ratio")), 0)
            if least:
                return f"{word} ≥ {least:g}×"
        return "tested: the same" * (self.tip is not None and self.claim.get("bad", "").upper() == "SAME")


def timed(run):
    """Everything timed, in order: the control, the claims, and what was timed besides, the costliest
    tip first; of Go its newest release."""
    newest = max((l for tip in run.tips for l in tip.times if l.startswith("go")), key=age, default="go")
    groups = []
    for tip in [None] + run.tips:
        claims = {v["lang"]: v for v in (tip.verdicts if tip else run.null) if v["kind"] == "time"}
        besides = {lang: t for lang, t in tip.times.items() if lang not in claims} if tip else {}
        for of, claim in ((claims, tip.claim if tip else lambda v: {"bad": "SAME"}), (besides, lambda t: {})):
            found = [of[lang] for lang in (*HEAPS, newest) if lang in of]
            groups.append([Found(tip, v, claim(v), run.margin) for v in found if v["ratio"] and v["lo"] and v["hi"]])
    return sum(sorted(filter(None, groups), key=lambda of: (of[0].tip is not None, not of[0].claim, -of[0].v["ratio"])), [])


def row_of(run, f, above, wide):
    lang, go = f.v["lang"], f.v["lang"].startswith("go")
    beside = above is not None and lang != "c" and f.tip is above.tip
    what = f"in {lang_name(lang)}" if go else f"on {HEAPS[lang]}"
    name = ", ".join(filter(None, (f.tip.name if f.tip else control_name(run), what * (go or lang_name(lang, f.tip) != "C"), f.size())))
    shape = ("kite" if go else "disc") if f.mark != "unsure" else "open kite" if go else "ring"
    return Row(name if not beside else what if wide else "", f.word if wide or not beside else f"{what}: {f.word}", f.v,
               shape, INKS[f.mark], said_ink="ink" if f.claim else "muted", bold=bool(f.claim), beside=beside,
               before="Timed too, though no claim is about its time:" * bool(above and above.claim and not f.claim),
               data=(f.tip.name if f.tip else "null", lang, f.mark, f.word, f.v["verdict"], int(f.v["n"] or 0)))


def key_to_sizes(found):
    """What “said ≥ 1.5×” is, if a row has it."""
    words = {"said": "the saying is true only if bad takes at least so many times as long as good",
             "tested": "the tip expects bad to take at least so many times as long as good"}
    sizes = {size.split()[0]: size for f in reversed(found) if "≥" in (size := f.size())}
    return capital("; ".join(f"“{sizes[w]}”: {words[w]}" for w in words if w in sizes) + "." * bool(sizes))


def tally(found):
    """ "Of 26 pairs timed in C, bad is slower in 22 and faster in 3; 1 could not be decided."  In Go,
    if none was in C."""
    langs = [f.v["lang"] for f in found if f.tip]
    where = "c" if "c" in langs else next(iter(langs), "")
    marks = [f.mark for f in found if f.tip and f.v["lang"] == where]
    if not marks:
        return "No time was measured in this run."
    words = {"slower": "slower", "faster": "faster", "same": "as fast as good"}
    counts = listing([f"{words[m]} in {marks.count(m)}" for m in words if m in marks]) or "told from good in none"
    return (f"Of {plural(len(marks), 'pair')} timed in {lang_name(where)}, bad is {counts}" +
            f"; {marks.count('unsure')} could not be decided" * ("unsure" in marks) + ".")


def board(run, width=WIDE):
    """None where nothing was timed."""
    found = timed(run)
    if not found:
        return None
    rows = [row_of(run, f, above, width == WIDE) for above, f in zip([None] + found, found)]
    said = [headline(run)] * run.labelled + [tally(found), control(run)]
    go = [("real Go", "kite", "ink")] * any(f.v["lang"].startswith("go") for f in found)
    return forest("board", width, "Does bad take longer than good?", " ".join(s + "." * (s[-1] not in ".!?") for s in said if s), rows,
                  [int(f.v["n"] or 0) for f in found], run.margin, ("tip", "lang", "mark", "word", "verdict", "blocks"), source=run.source,
                  notes=f"{NOTES} {key_to_sizes(found)}",
                  key=[("C", "disc", "ink")] + go + [("undecided", "ring", "muted"), ("no difference that counts", "square", "band")])
