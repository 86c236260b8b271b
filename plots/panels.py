# SPDX-License-Identifier: MIT
"""panels.py - the panels of a card: which things were watched, and what of them is drawn.

A panel knows its data and its labels and nothing of the page; card.gp gives it a place."""

import math
import statistics
from dataclasses import dataclass, field

from sentences import HEAPS, LANG, time_words, with_unit
from words import number, quantity, ratio, scale

TWINS = ("good", "bad")  # bad is drawn last, on top
LANGS = ("c", "go")
MOST = 6                 # panels on a card


@dataclass
class Panel:
    title: str
    about: str
    x_label: str
    x_points: list                              # where the x axis may have a number
    y_top: float
    x_range: tuple = ()                         # empty: around the points
    named: bool = True                          # are there numbers at the y axis?
    whole: bool = False                         # only whole ones?
    dot: float = 0.7                            # size of a mark
    floor: float = 0                            # above 0, y is logarithmic and begins there
    x_names: list = field(default_factory=list)  # words at the x axis instead of numbers
    rows: list = field(default_factory=list)    # mark, twin, lang, x, y
    labels: list = field(default_factory=list)  # twin, text, y

    def line(self, mark, twin, lang, pairs):
        self.rows += [(mark, twin, lang, x, y) for x, y in pairs]

    def dots(self, twin, lang, pairs):
        """What lies beyond the top is an arrowhead at it."""
        self.rows += [("beyond" if y > self.y_top * 1.001 else "dot", twin, lang, x, min(y, self.y_top)) for x, y in pairs]

    def label(self, twin, text, y):
        self.labels.append((twin, text, y))

    def level(self, twin, x0, x1, values):
        """The median as a line from x0 to x1; what it is."""
        middle = statistics.median(values or [0])
        self.line("level", twin, "c", [(x0, middle), (x1, middle)])
        return middle


def short(v):
    """Three digits."""
    return number(float(f"{v:.3g}"))


# --- along the dial

def along_panel(title, about, tip, runs, by=1, **more):
    """runs: {(twin, what): {x: values}}.  Medians as a line, and a dot for each process; the
    panel, and where each line ends."""
    top = max(y for along in runs.values() for ys in along.values() for y in ys) / by
    p = Panel(title, about, tip.dial_unit, sorted({x for along in runs.values() for x in along}), top or 1, **more)
    ends = {}
    for (twin, what), along in runs.items():
        lang = what if what in LANGS else "c"
        middles = [(x, statistics.median(ys) / by) for x, ys in along.items()]
        p.line("level" if what == "p50" else "line", twin, lang, middles)
        p.dots(twin, lang, [(x, y / by) for x, ys in along.items() for y in sorted(set(ys)) if what != "p50"])
        ends[twin, what] = middles[-1][1]
    return p, ends


def label_ends(p, ends):
    """One label for each twin, or two where C and Go end at different values."""
    for twin in TWINS:
        said = {}
        for lang in LANGS:
            if (twin, lang) in ends:
                said.setdefault(number(ends[twin, lang]), []).append(lang)
        for text, langs in said.items():
            p.label(twin, f"{twin if len(said) == 1 else f'{twin}, {LANG[langs[0]]}'} {text}", ends[twin, langs[0]])
    return p


def dial_panel(tip, column):
    """Both twins, in every language measured."""
    about = tip.column(column)
    runs = {(t, l): tip.along_dial(column, t, l) for t in TWINS for l in LANGS}
    runs = {k: v for k, v in runs.items() if v}
    if not runs:
        return None
    unit, by = scale(about["unit"], max(y for along in runs.values() for ys in along.values() for y in ys))
    return label_ends(*along_panel(with_unit(column, unit), about["text"], tip, runs, by,
                                   whole=by == 1 and about["kind"].lower() != "measured"))


def served_panel(tip):
    """Requests that each process answered before its memory was full; those of a twin
    that lives are all that it was asked for."""
    runs = {(t, "c"): tip.served(t) for t in TWINS}
    if not all(runs.values()) or not any(v["bad"] == "DIES" for v in tip.verdicts if v["kind"] == "outcome"):
        return None
    return label_ends(*along_panel("requests until it dies", "answered under the cap of memory; good lives; C", tip, runs, whole=True))


def latency_panel(tip):
    """Median and 99th percentile at every rate that was offered, below the rate of
    service too: there they are a service's, above it a queue's, powers of ten apart."""
    runs = {(t, q): tip.at_rates(f"{q}_ns", t) for t in TWINS for q in ("p50", "p99")}
    if tip.dial != "rate" or not all(runs.values()):
        return None
    least = min(ns for along in runs.values() for values in along.values() for ns in values) / 1e6
    p, ends = along_panel("latency against the offered rate, ms", "logarithmic; thick: 99th percentile, thin: median; C",
                          tip, runs, 1e6, floor=10 ** math.floor(math.log10(least)))
    for (twin, q), ms in ends.items():
        p.label(twin, f"{twin} {q} {short(ms)}", ms)
    return p


# --- memory

LEAST_TOP = 64 * 1024  # a page or two more or less is no mountain
BENT = {"settles": "settles", "slows": "slows down"}  # trends that are no straight line


def memory_panel(tip, lang):
    """Resident memory gained by each process, over the requests it served, with the
    slope.  Go's only where its growth was followed: else it is mostly garbage.  None where
    it does not grow and nothing is claimed of it: that would say nothing."""
    gained = {t: tip.growth(t, lang) for t in TWINS}
    if not any(c["column"] == "rss_bytes" for c in tip.claims) and not any(grows(tip.slopes.get((t, lang))) for t in TWINS):
        return None
    if lang == "go" and not tip.of("bad", lang, "slope") or any(len({x for x, _ in g}) < 2 for g in gained.values()):
        return None
    largest = max([y for g in gained.values() for _, y in g] + [LEAST_TOP])
    unit, by = scale("B", largest)
    p = Panel(f"resident memory gained, {unit}", f"by one process each, when idle again; {LANG[lang]}; each: a request", "requests",
              sorted({x for g in gained.values() for x, _ in g}), largest / by)
    for twin, pairs in gained.items():
        p.dots(twin, "c", [(x, max(0.0, y / by)) for x, y in pairs])
        add_slope(p, twin, tip.slopes.get((twin, lang)), pairs, by)
    return p


def grows(found):
    """Does the harness say so?  Older runs have no trend."""
    return bool(found) and (found["trend"] == "rises" if "trend" in found else (found["lo"] or 0) > 0)


def add_slope(p, twin, found, pairs, by):
    """The line that the harness found, through the middle of the points; level where
    its interval holds no slope.  What is not straight gets no line."""
    last = max(0.0, pairs[-1][1] / by)
    if not found or None in (found["bytes_per_op"], found["lo"], found["hi"]):
        return p.label(twin, f"{twin}: not told", last)
    if found.get("trend") in BENT:
        return p.label(twin, f"{twin} {BENT[found['trend']]}", last)
    sloping = found["lo"] * found["hi"] > 0
    slope = found["bytes_per_op"] if sloping else 0
    zero = statistics.median(y - slope * x for x, y in pairs)
    ends = [(x, max(0.0, (zero + slope * x) / by)) for x in (pairs[0][0], pairs[-1][0])]
    p.line("line", twin, "c", ends)
    sign = "+" if slope >= 0.5 else "−" if slope <= -0.5 else ""
    p.label(twin, f"{twin} {sign}{quantity(round(abs(slope)), 'B')} each" if sloping else f"{twin}: does not grow", ends[-1][1])


# --- time

def end_of_axis(values):
    """A few wild processes must not press the others together: the axis ends well above
    nearly all of them, and those beyond stand at its end as arrowheads."""
    values = sorted(values)
    return min(values[-1], 1.6 * values[int(0.95 * (len(values) - 1))])


def timed_runs(tip, lang):
    """(twin, ns for a request) of every timed process, in the order of running."""
    return [(s["twin"], float(s["wall_ns"])) for s in tip.timed(lang) if float(s["wall_ns"]) > 0]


def time_about(tip, lang):
    found = tip.times.get(lang)
    if not found or None in (found["ratio"], found["lo"], found["hi"]):
        return "not decided"
    if found["relation"].lower() == "unsure":
        return f"undecided: bad takes {ratio(found['lo'])} to {ratio(found['hi'])} good’s time"
    return time_words(found["ratio"], found["lo"], found["hi"])


def time_panel(tip, lang):
    """Every timed process as a dot in run order; the median of a twin as a line."""
    runs = timed_runs(tip, lang)
    if not runs:
        return None
    most = end_of_axis([ns for _, ns in runs])
    over = sum(ns > most for _, ns in runs)
    unit, by = scale("ns", most)
    p = Panel(f"time of a request, {unit}, {LANG[lang]}", time_about(tip, lang) + (f"; {over} beyond the top" if over else ""),
              "processes in the order of running", [1, len(runs)], most / by, (-1, len(runs)), dot=0.45)
    for twin in TWINS:
        middle = p.level(twin, 0, len(runs), [ns / by for t, ns in runs if t == twin])
        p.label(twin, f"{twin} {short(middle)}", middle)
    for i, (twin, ns) in enumerate(runs):
        p.dots(twin, "c", [(i, ns / by)])
    return p


def heaps_panel(tip):
    """The timed processes of both twins on each heap, bad left of good; none for a tip
    that has one heap only."""
    runs = {l: timed_runs(tip, l) for l in HEAPS}
    runs = {l: r for l, r in runs.items() if {twin for twin, _ in r} == set(TWINS)}
    if len(runs) < 2:
        return None
    most = end_of_axis([ns for r in runs.values() for _, ns in r])
    unit, by = scale("ns", most)
    said = [f"{HEAPS[l]} {ratio(tip.times[l]['ratio'])}" for l in runs if tip.times.get(l, {}).get("ratio")]
    p = Panel(f"time of a request, {unit}, by heap", "bad takes, of good’s: " + ", ".join(said), "where its memory comes from; C",
              list(range(1, len(runs) + 1)), most / by, (0.5, len(runs) + 0.5), dot=0.45, x_names=[HEAPS[l] for l in runs])
    for twin, side in (("good", 0.18), ("bad", -0.18)):
        for i, r in enumerate(runs.values(), 1):
            ns = [v / by for t, v in r if t == twin]
            p.dots(twin, "c", [(i + side, v) for v in ns])
            middle = p.level(twin, i + side - 0.15, i + side + 0.15, ns)
        p.label(twin, f"{twin} {short(middle)}", middle)
    return p


def panels_of(tip):
    """What the claims are about, then memory, then time; a column in which the twins
    should not differ only fills an empty place.  One in which they did not is left out."""
    latency = latency_panel(tip)
    apart = {"time", "outcome", "rss_bytes"} | ({"p50_ns", "p99_ns"} if latency else set())
    counted = [c for c in tip.claims if c["column"] not in apart]
    differ = [latency] + [dial_panel(tip, c["column"]) for c in counted if c["bad"] != c["good"]]
    alike = [dial_panel(tip, c["column"]) for c in counted if c["bad"] == c["good"]]
    memory = [memory_panel(tip, l) for l in LANGS] if tip.dial == "ops" or tip.of("bad", "c", "slope") else []
    panels = [served_panel(tip)] + differ + memory + [time_panel(tip, l) for l in LANGS] + [heaps_panel(tip)]
    panels = [p for p in panels if p and len({y for _, _, _, _, y in p.rows}) > 1]
    return (panels + [p for p in alike if p][:max(0, (4 if latency else 3) - len(panels))])[:MOST]
