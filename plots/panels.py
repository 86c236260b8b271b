# SPDX-License-Identifier: MIT
"""panels.py - the panels of a card: which things were watched, and what of them is drawn.

A panel knows its data and its labels and nothing of the page; card.gp gives it a place."""

import math
from dataclasses import dataclass, field
from statistics import median

from run import WITHHELD
from sentences import HEAPS, found, lang_name, memory, plain, runs_out
from words import number, ratio, scale

TWINS = ("good", "bad")  # bad is drawn last, on top
MOST = 6                 # panels on a card
LEAST_TOP = 64 * 1024    # bytes: a page or two more or less is no mountain


@dataclass
class Panel:
    title: str
    about: str
    x_label: str
    x_points: list                              # where the x axis may have a number
    y_top: float
    x_range: tuple = (0, 0)                     # around the points
    whole: bool = False                         # only whole numbers at the y axis?
    dot: float = 0.7                            # size of a mark
    floor: float = 0                            # above 0, y is logarithmic and begins there
    x_names: list = field(default_factory=list)  # words at the x axis instead of numbers
    rows: list = field(default_factory=list)    # mark, twin, lang, x, y; the mark is a line, a level, a dot, or beyond the top
    labels: list = field(default_factory=list)  # twin, text, y

    def add(self, mark, twin, lang, pairs):
        self.rows += [(mark, twin, lang, x, y) for x, y in pairs]


# --- along the dial

def along_panel(title, unit, about, tip, runs, exact=False, logarithmic=False):
    """runs: {(twin, what): {x: values}}.  Medians as a line, and a dot for each process.  One
    label for each twin where it ends, or more where a twin has several ends."""
    values = [y for along in runs.values() for ys in along.values() for y in ys]
    unit, by = scale(unit, max(values))
    p = Panel(f"{title}, {unit}" if unit and unit not in title.split() else title, about, tip.dial_unit,
              sorted({x for along in runs.values() for x in along}), max(values) / by or 1, whole=exact and by == 1,
              floor=10 ** math.floor(math.log10(min(values) / by)) if logarithmic else 0)
    ends = {}
    for (twin, what), along in runs.items():
        lang, words = (tip.home, what) if what in ("p50", "p99") else (what, lang_name(what))
        middles = [(x, median(ys) / by) for x, ys in along.items()]
        p.add("level" if what == "p50" else "line", twin, lang, middles)
        p.add("dot", twin, lang, [(x, y / by) for x, ys in along.items() for y in sorted(set(ys)) if what != "p50"])
        ends.setdefault((twin, number(middles[-1][1])), (words, middles[-1][1]))
    for (twin, end), (words, y) in ends.items():
        alone = [t for t, _ in ends].count(twin) == 1
        p.labels.append((twin, f"{twin} {end}" if alone else f"{twin}, {words} {end}", y))
    return p


def dial_panel(tip, column):
    """Both twins, in every language shown."""
    about = tip.column(column)
    runs = {(t, l): tip.along(column, t, l) for t in TWINS for l in tip.shown}
    runs = {k: v for k, v in runs.items() if v}
    text = about["text"] + f"; {lang_name('c', tip)}" * tip.collected
    return along_panel(plain(column), about["unit"], text, tip, runs, exact=about["kind"].lower() != "measured") if runs else None


def served_panel(tip):
    """Requests that each process answered before its memory was full; those of a twin
    that lives are all that it was asked for."""
    runs = {(t, tip.home): tip.along("served", t, tip.home, ("count",), lambda x, y, end: y) for t in TWINS}
    if not all(runs.values()) or not runs_out(tip):
        return None
    return along_panel("requests until it dies", "1", f"answered under the cap of memory; good lives; {lang_name(tip.home)}", tip, runs, exact=True)


def latency_panel(tip):
    """Median and 99th percentile at every rate that was offered, below the rate of
    service too: there they are a service's, above it a queue's, powers of ten apart."""
    runs = {(t, q): tip.along(f"{q}_ns", t, tip.home, ("rate",), lambda x, y, end: y and end == "OK") for t in TWINS for q in ("p50", "p99")}
    if tip.dial != "rate" or not all(runs.values()):
        return None
    return along_panel("latency against the offered rate", "ns", f"logarithmic; thick: 99th percentile, thin: median; {lang_name(tip.home)}",
                       tip, runs, logarithmic=True)


# --- memory

def memory_panel(tip, lang):
    """Resident memory gained by each process, over the requests it served, with the line that the
    harness found.  Go's only where its growth was followed: else it is mostly garbage.  None where
    it does not grow and nothing is claimed of it: that would say nothing."""
    gained, slopes = {t: tip.growth(t, lang) for t in TWINS}, {t: memory(tip, t, lang) for t in TWINS}
    if not any(c["column"] == "rss_bytes" for c in tip.claims) and not any((each or 0) > 0 for each, _ in slopes.values()):
        return None
    if lang != "c" and not tip.of("bad", lang, "slope") or any(len({x for x, _ in g}) < 2 for g in gained.values()):
        return None
    largest = max([y for g in gained.values() for _, y in g] + [LEAST_TOP])
    unit, by = scale("B", largest)
    p = Panel(f"resident memory gained, {unit}", f"by one process each, when idle again; {lang_name(lang, tip)}; each: a request",
              "requests", sorted({x for g in gained.values() for x, _ in g}), largest / by)
    for twin, pairs in gained.items():
        p.add("dot", twin, tip.home, [(x, max(0.0, y / by)) for x, y in pairs])
        slope, words = slopes[twin]
        ends = [pairs[-1]]
        if slope is not None:
            start = median(y - slope * x for x, y in pairs)  # through the middle of the points
            ends = [(x, start + slope * x) for x in (pairs[0][0], pairs[-1][0])]
            p.add("line", twin, tip.home, [(x, max(0.0, y) / by) for x, y in ends])
        p.labels.append((twin, f"{twin} {words}", max(0.0, ends[-1][1]) / by))
    return p


# --- time

def time_about(tip, lang):
    """What was found of the time; and on which heap, if it is not the usual one."""
    v = next((v for v in tip.verdicts if v["kind"] == "time" and v["lang"] == lang and v["ratio"]), tip.times.get(lang))
    if not v:
        return "not decided"
    undecided = v["verdict"] == "unsure" and v["note"] != WITHHELD
    return "on a collector: " * (lang == "c" and tip.collected) + "undecided: " * undecided + found(v)


def time_panel(tip, langs, title, about):
    """Every timed process as a dot in the order of running, a column for each of the languages;
    the median of a twin as a line.  A few wild processes must not press the others together: the
    axis ends well above nearly all of them, and those beyond stand at its end as arrowheads."""
    runs = {l: [(s["twin"], float(s["wall_ns"])) for s in tip.timed(l) if float(s["wall_ns"]) > 0] for l in langs}
    if any({twin for twin, _ in r} != set(TWINS) for r in runs.values()):
        return None
    every = sorted(ns for r in runs.values() for _, ns in r)
    top = min(every[-1], 1.6 * every[int(0.95 * (len(every) - 1))])
    over = sum(ns > top for ns in every)
    unit, by = scale("ns", top)
    alone, wide = len(runs) == 1, max(map(len, runs.values()))
    pitch = 1 if alone else 0.85  # from a process to the next: some white is left between columns
    p = Panel(f"time of a request, {unit}{title}", about + f"; {over} beyond the top" * (over > 0),
              "processes in the order of running" + ", by where their memory comes from" * (not alone),
              [1, wide] if alone else [(i + 0.42) * wide for i in range(len(runs))],
              top / by, (-1, wide * len(runs)), dot=0.4, x_names=[] if alone else [HEAPS[l].removeprefix("a ") for l in runs])
    for i, r in enumerate(runs.values()):
        for twin in TWINS:
            middle = median(ns / by for t, ns in r if t == twin)
            p.add("level", twin, tip.home, [(i * wide, middle), (i * wide + len(r) * pitch, middle)])
            p.add("dot", twin, tip.home, [(i * wide + k * pitch, ns / by) for k, (t, ns) in enumerate(r) if t == twin and ns <= top])
            p.add("beyond", twin, tip.home, [(i * wide + k * pitch, top / by) for k, (t, ns) in enumerate(r) if t == twin and ns > top])
            if i == len(runs) - 1:
                p.labels.append((twin, f"{twin} {number(middle)}", middle))
    return p


def heaps_panel(tip):
    """The time on each heap; none for a tip that has one heap only."""
    there = [l for l in HEAPS if tip.timed(l)]
    told = [tip.times[l] for l in there if l in tip.times]
    said = ", ".join(f"{HEAPS[t['lang']]} {ratio(t['ratio'])}" for t in told if t["ratio"])
    about = WITHHELD if any(t["note"] for t in told) else f"bad takes, of good’s: {said}"
    return time_panel(tip, there, ", by heap", about) if len(there) > 1 else None


def panels_of(tip):
    """What the claims are about, then memory, then time, the oldest Go's last; a column in which
    the twins should not differ only fills an empty place.  One in which they did not is left out."""
    latency = latency_panel(tip)
    apart = {"time", "outcome", "rss_bytes"} | ({"p50_ns", "p99_ns"} if latency else set())
    counted = [c for c in tip.claims if c["column"] not in apart]
    differ = [latency] + [dial_panel(tip, c["column"]) for c in counted if c["bad"] != c["good"]]
    alike = [dial_panel(tip, c["column"]) for c in counted if c["bad"] == c["good"]]
    grown = [memory_panel(tip, l) for l in tip.shown] if tip.dial == "ops" or tip.of("bad", tip.home, "slope") else []
    took = [time_panel(tip, [l], f", {lang_name(l)}", time_about(tip, l)) for l in tip.shown]
    panels = [served_panel(tip)] + differ + grown[:2] + took[:2] + [heaps_panel(tip)] + grown[2:] + took[2:]
    panels = [p for p in panels if p and len({y for *_, y in p.rows}) > 1]
    return (panels + [p for p in alike if p][:max(0, (4 if latency else 3) - len(panels))])[:MOST]
