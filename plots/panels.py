# SPDX-License-Identifier: MIT
"""panels.py - the panels of a card: which things were watched, and what of them is drawn.

A panel knows its data and its labels and nothing of the page; card.py gives it a place."""

import math
import statistics
from dataclasses import dataclass, field

from findings import HEAPS, LANG, with_unit
from run import EMPTY
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
    x_range: tuple
    y_top: float = 1
    named: bool = True                          # are there numbers at the y axis?
    whole: bool = False                         # only whole ones?
    dot: float = 0.7                            # size of a mark
    rows: list = field(default_factory=list)    # mark, twin, lang, x, y
    labels: list = field(default_factory=list)  # twin, text, y
    floor: float = 0                            # above 0, y is logarithmic and begins there
    x_names: dict = field(default_factory=dict) # words at the x axis instead of numbers


def x_span(points):
    """From 0, unless that would squeeze the points into the right half."""
    lo, hi = min(points), max(points)
    pad = (hi - lo) * 0.05 or hi * 0.1 or 1
    return (lo - 2 * pad, hi + pad) if lo > hi / 3 else (-1.4 * pad, hi + pad)


# --- a column along the dial

def end_labels(ends):
    """One label for each twin, or two where C and Go end at different values.
    ends: {(twin, lang): value}."""
    labels = []
    for twin in TWINS:
        said = {}
        for lang in LANGS:
            if (twin, lang) in ends:
                said.setdefault(number(ends[twin, lang]), []).append(lang)
        for text, langs in said.items():
            who = twin if len(said) == 1 else f"{twin}, {LANG[langs[0]]}"
            labels.append((twin, f"{who} {text}", ends[twin, langs[0]]))
    return labels


def dial_panel(tip, column):
    """Both twins, in every language measured: medians as a line, and a dot for each
    process."""
    about = tip.column(column)
    runs = {(t, l): tip.along_dial(column, t, l) for t in TWINS for l in LANGS}
    runs = {k: v for k, v in runs.items() if v}
    if not runs:
        return None
    largest = max(y for along in runs.values() for ys in along.values() for y in ys)
    unit, by = scale(about["unit"], largest)
    points = sorted({x for along in runs.values() for x in along})
    p = Panel(with_unit(column, unit), about["text"], tip.dial_unit, points, x_span(points), largest / by or 1,
              whole=by == 1 and about["kind"].lower() != "measured")
    ends = {}
    for (twin, lang), along in runs.items():
        middles = [(x, statistics.median(ys) / by) for x, ys in along.items()]
        p.rows += [("line", twin, lang, x, y) for x, y in middles]
        p.rows += [("dot", twin, lang, x, y / by) for x, ys in along.items() for y in sorted(set(ys))]
        ends[twin, lang] = middles[-1][1]
    p.labels = end_labels(ends)
    return p


# --- latency along the offered rate

def latency_panel(tip):
    """Median and 99th percentile at every rate that was offered, below the rate of
    service too: there they are a service's, above it a queue's, powers of ten apart."""
    runs = {(t, q): tip.at_rates(f"{q}_ns", t) for t in TWINS for q in ("p50", "p99")}
    if tip.dial != "rate" or not all(runs.values()):
        return None
    all_ms = [ns / 1e6 for along in runs.values() for values in along.values() for ns in values]
    points = sorted({x for along in runs.values() for x in along})
    p = Panel("latency against the offered rate, ms", "logarithmic; thick: 99th percentile, thin: median; C",
              tip.dial_unit, points, x_span(points), max(all_ms), floor=10 ** math.floor(math.log10(min(all_ms))))
    for (twin, q), along in runs.items():
        middles = [(x, statistics.median(values) / 1e6) for x, values in along.items()]
        p.rows += [("line" if q == "p99" else "level", twin, "c", x, y) for x, y in middles]
        if q == "p99":
            p.rows += [("dot", twin, "c", x, y / 1e6) for x, values in along.items() for y in values]
        p.labels.append((twin, f"{twin} {q} {number(float(f'{middles[-1][1]:.3g}'))}", middles[-1][1]))
    return p


# --- memory

LEAST_TOP = 64 * 1024  # a page or two more or less is no mountain
BENT = {"settles": "settles", "slows": "slows down"}  # trends that are no straight line


def rate(slope):
    """Bytes per op, with its sign."""
    sign = "+" if slope >= 0.5 else "−" if slope <= -0.5 else ""
    return sign + quantity(round(abs(slope)), "B/op")


def memory_panel(tip, lang):
    """Resident memory gained by each process, over the requests it served, with the
    slope.  Go's only where its growth was followed: else it is mostly garbage."""
    if lang == "go" and not tip.of("bad", lang, "slope"):
        return None
    gained = {t: tip.growth(t, lang) for t in TWINS}
    if any(len({x for x, _ in g}) < 2 for g in gained.values()):
        return None
    largest = max([y for g in gained.values() for _, y in g] + [LEAST_TOP])
    unit, by = scale("B", largest)
    points = sorted({x for g in gained.values() for x, _ in g})
    p = Panel(f"resident memory gained, {unit}", f"by one process each, when idle again; {LANG[lang]}",
              "requests", points, x_span(points), largest / by)
    for twin, pairs in gained.items():
        p.rows += [("dot", twin, "c", x, max(0.0, y / by)) for x, y in pairs]
        add_slope(p, tip, twin, lang, pairs, by)
    return p


def add_slope(p, tip, twin, lang, pairs, by):
    """The line that the harness found, through the middle of the points; level where
    its interval holds no slope.  What is not straight gets no line."""
    found = tip.slopes.get((twin, lang))
    if not found or None in (found["bytes_per_op"], found["lo"], found["hi"]):
        p.labels.append((twin, f"{twin}: slope unknown", max(0.0, pairs[-1][1] / by)))
        return
    if found.get("trend") in BENT:
        p.labels.append((twin, f"{twin} {BENT[found['trend']]}", max(0.0, pairs[-1][1] / by)))
        return
    sloping = found["lo"] * found["hi"] > 0
    slope = found["bytes_per_op"] if sloping else 0
    zero = statistics.median(y - slope * x for x, y in pairs)
    ends = [(x, max(0.0, (zero + slope * x) / by)) for x in (pairs[0][0], pairs[-1][0])]
    p.rows += [("line", twin, "c", x, y) for x, y in ends]
    p.labels.append((twin, f"{twin} {rate(slope)}" if sloping else f"{twin}: no slope", ends[-1][1]))


# --- time

def time_about(tip, lang):
    found = tip.times.get(lang)
    if not found or found["ratio"] is None:
        return "not decided"
    claimed = any(v["kind"] == "time" and v["lang"] == lang for v in tip.verdicts)
    return (f"bad takes {ratio(found['ratio'])} good’s ({ratio(found['lo'])} to {ratio(found['hi'])})"
            + ("" if claimed else ", no claim"))


def timed_runs(tip, lang):
    """(twin, ns for a request) of every timed process, in the order of running."""
    return [(s["twin"], float(s["wall_ns"])) for s in tip.timed(lang) if float(s["wall_ns"]) > 0]


def end_of_axis(values):
    """A few wild processes must not press the others together: the axis ends well above
    nearly all of them, and those beyond stand at its end as arrowheads."""
    values = sorted(values)
    return min(values[-1], 1.6 * values[int(0.95 * (len(values) - 1))])


def time_panel(tip, lang):
    """Every timed process as a dot in run order; the median of a twin as a line."""
    runs = timed_runs(tip, lang)
    if not runs:
        return None
    most = end_of_axis([ns for _, ns in runs])
    over = sum(ns > most for _, ns in runs)
    unit, by = scale("ns", most)
    p = Panel(f"time per op, {unit}, {LANG[lang]}",
              time_about(tip, lang) + (f"; {over} beyond the top" if over else ""),
              "processes in the order of running", [1, len(runs)], (-1, len(runs)), most / by, dot=0.45)
    for twin in TWINS:
        middle = statistics.median([ns for t, ns in runs if t == twin] or [0]) / by
        p.rows += [("level", twin, "c", x, middle) for x in (0, len(runs))]
        p.labels.append((twin, f"{twin} {number(float(f'{middle:.3g}'))}", middle))
    p.rows += [("beyond" if ns > most else "dot", twin, "c", i, min(ns, most) / by)
               for i, (twin, ns) in enumerate(runs)]
    return p


def heaps_panel(tip):
    """The timed processes of both twins on each heap, side by side; none for a tip that
    has one heap only."""
    runs = {l: timed_runs(tip, l) for l in HEAPS}
    runs = {l: r for l, r in runs.items() if {twin for twin, _ in r} == set(TWINS)}
    if len(runs) < 2:
        return None
    most = end_of_axis([ns for r in runs.values() for _, ns in r])
    unit, by = scale("ns", most)
    said = [f"{HEAPS[l]} {ratio(tip.times[l]['ratio'])}" for l in runs if tip.times.get(l, {}).get("ratio")]
    p = Panel(f"time per op, {unit}, by heap", "bad takes, of good’s: " + ", ".join(said),
              "where its memory comes from; C", [], (0.5, len(runs) + 0.5), most / by, dot=0.45,
              x_names={i: HEAPS[l] for i, l in enumerate(runs, 1)})
    for i, r in enumerate(runs.values(), 1):
        add_side_by_side(p, i, r, by, most)
    return p


def add_side_by_side(p, at, runs, by, most):
    """Bad left of a place on the x axis, good right of it, with their medians."""
    for twin, x in (("good", at + 0.18), ("bad", at - 0.18)):
        ns = [v for t, v in runs if t == twin]
        middle = statistics.median(ns) / by
        p.rows += [("beyond" if v > most else "dot", twin, "c", x, min(v, most) / by) for v in ns]
        p.rows += [("level", twin, "c", x + d, middle) for d in (-0.15, 0.15)]
        if at == len(p.x_names):
            p.labels.append((twin, f"{twin} {number(float(f'{middle:.3g}'))}", middle))


# --- how far a process gets before it dies

def served_panel(tip):
    """Requests that each process answered before its memory was full; those of a twin
    that lives are all that it was asked for."""
    runs = {t: tip.served(t) for t in TWINS}
    if not all(runs.values()) or not any(v["bad"] == "DIES" for v in tip.verdicts if v["kind"] == "outcome"):
        return None
    points = sorted({x for along in runs.values() for x in along})
    p = Panel("requests until it dies", "answered under the cap of memory; good lives; C", tip.dial_unit, points, x_span(points),
              max(n for along in runs.values() for values in along.values() for n in values), whole=True)
    for twin, along in runs.items():
        middles = [(x, statistics.median(values)) for x, values in along.items()]
        p.rows += [("line", twin, "c", x, y) for x, y in middles]
        p.rows += [("dot", twin, "c", x, y) for x, values in along.items() for y in values]
        p.labels.append((twin, f"{twin} {number(middles[-1][1])}", middles[-1][1]))
    return p


# --- outcomes

def ends_panel(tip):
    """How the processes of each twin ended, along the dial."""
    said = [v for v in tip.verdicts if v["kind"] == "outcome" and v["verdict"] != EMPTY]
    if not said:
        return None
    p = Panel("how it ends", "the outcome of the processes at each point, and at the last in words",
              tip.dial_unit, tip.points, x_span(tip.points), y_top=2.4, named=False)
    for v in said:
        for twin, y in (("bad", 2), ("good", 1)):
            y -= 0.3 * (v["lang"] == "go")
            p.rows += [("dot", twin, v["lang"], x, y) for x in tip.points]
            p.labels.append((twin, (LANG[v["lang"]] + " " if len(said) > 1 else "") + v[twin], y))
    return p


def panels_of(tip):
    """What the claims are about, then memory, then time; a column in which the twins
    should not differ only fills an empty place."""
    counted = [c for c in tip.claims if c["column"] not in ("time", "outcome", "rss_bytes")]
    latency = latency_panel(tip)
    if latency:
        counted = [c for c in counted if c["column"] not in ("p50_ns", "p99_ns")]
    differ = [latency] + [dial_panel(tip, c["column"]) for c in counted if c["bad"] != c["good"]]
    alike = [dial_panel(tip, c["column"]) for c in counted if c["bad"] == c["good"]]
    memory = [memory_panel(tip, l) for l in LANGS] if tip.dial == "ops" or tip.of("bad", "c", "slope") else []
    panels = [ends_panel(tip), served_panel(tip)] + differ + memory + [time_panel(tip, l) for l in LANGS] + [heaps_panel(tip)]
    panels = [p for p in panels if p]
    return (panels + [p for p in alike if p][:max(0, (4 if latency else 3) - len(panels))])[:MOST]
