# SPDX-License-Identifier: MIT
"""panels.py - the panels of a card: which things were watched, and what of them is drawn.

A panel knows its data and its labels and nothing of the page; card.gp gives it a place."""

import math
from dataclasses import dataclass, field
from statistics import median

from sentences import HEAPS, found, lang_name, with_unit
from words import number, quantity, ratio, scale, short

TWINS = ("good", "bad")  # bad is drawn last, on top
MOST = 6                 # panels on a card
LEAST_TOP = 64 * 1024    # bytes: a page or two more or less is no mountain
# Trends of memory that are no straight line, or hardly one.
BENT = {"settles": "settles", "slows": "slows down", "creeps": "grows by less than 16 B a request"}


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
    rows: list = field(default_factory=list)    # mark, twin, lang, x, y
    labels: list = field(default_factory=list)  # twin, text, y

    def line(self, mark, twin, lang, pairs):
        self.rows += [(mark, twin, lang, x, y) for x, y in pairs]

    def dots(self, twin, lang, pairs):
        """What lies beyond the top is an arrowhead at it."""
        self.rows += [("beyond" if y > self.y_top * 1.001 else "dot", twin, lang, x, min(y, self.y_top)) for x, y in pairs]

    def label(self, twin, text, y):
        self.labels.append((twin, text, y))


# --- along the dial

def along_panel(title, about, tip, runs, by=1, **more):
    """runs: {(twin, what): {x: values}}.  Medians as a line, and a dot for each process; the
    panel, and where each line ends."""
    top = max(y for along in runs.values() for ys in along.values() for y in ys) / by
    p = Panel(title, about, tip.dial_unit, sorted({x for along in runs.values() for x in along}), top or 1, **more)
    ends = {}
    for (twin, what), along in runs.items():
        lang = "c" if what in ("p50", "p99") else what
        middles = [(x, median(ys) / by) for x, ys in along.items()]
        p.line("level" if what == "p50" else "line", twin, lang, middles)
        p.dots(twin, lang, [(x, y / by) for x, ys in along.items() for y in sorted(set(ys)) if what != "p50"])
        ends[twin, what] = middles[-1][1]
    return p, ends


def label_ends(p, ends):
    """One label for each twin, or more where languages end at different values."""
    for twin in TWINS:
        said = {}
        for (t, lang), end in ends.items():
            if t == twin:
                said.setdefault(number(end), (lang, end))
        for text, (lang, end) in said.items():
            p.label(twin, f"{twin if len(said) == 1 else f'{twin}, {lang_name(lang)}'} {text}", end)
    return p


def dial_panel(tip, column):
    """Both twins, in every language shown."""
    about = tip.column(column)
    runs = {(t, l): tip.along(column, t, l) for t in TWINS for l in tip.shown()}
    runs = {k: v for k, v in runs.items() if v}
    if not runs:
        return None
    unit, by = scale(about["unit"], max(y for along in runs.values() for ys in along.values() for y in ys))
    return label_ends(*along_panel(with_unit(column, unit), about["text"], tip, runs, by,
                                   whole=by == 1 and about["kind"].lower() != "measured"))


def served_panel(tip):
    """Requests that each process answered before its memory was full; those of a twin
    that lives are all that it was asked for."""
    runs = {(t, "c"): tip.along("served", t, "c", ("count",), lambda x, y, end: y) for t in TWINS}
    if not all(runs.values()) or not any(v["bad"] == "DIES" for v in tip.verdicts if v["kind"] == "outcome"):
        return None
    return label_ends(*along_panel("requests until it dies", "answered under the cap of memory; good lives; C", tip, runs, whole=True))


def latency_panel(tip):
    """Median and 99th percentile at every rate that was offered, below the rate of
    service too: there they are a service's, above it a queue's, powers of ten apart."""
    runs = {(t, q): tip.along(f"{q}_ns", t, "c", ("rate",), lambda x, y, end: y and end == "OK") for t in TWINS for q in ("p50", "p99")}
    if tip.dial != "rate" or not all(runs.values()):
        return None
    least = min(ns for along in runs.values() for values in along.values() for ns in values) / 1e6
    p, ends = along_panel("latency against the offered rate, ms", "logarithmic; thick: 99th percentile, thin: median; C",
                          tip, runs, 1e6, floor=10 ** math.floor(math.log10(least)))
    for (twin, q), ms in ends.items():
        p.label(twin, f"{twin} {q} {short(ms)}", ms)
    return p


# --- memory

def memory_panel(tip, lang):
    """Resident memory gained by each process, over the requests it served, with the line that the
    harness found.  Go's only where its growth was followed: else it is mostly garbage.  None where
    it does not grow and nothing is claimed of it: that would say nothing."""
    gained, slopes = {t: tip.growth(t, lang) for t in TWINS}, {t: tip.slopes.get((t, lang), {}) for t in TWINS}
    if not any(c["column"] == "rss_bytes" for c in tip.claims) and not any(map(grows, slopes.values())):
        return None
    if lang != "c" and not tip.of("bad", lang, "slope") or any(len({x for x, _ in g}) < 2 for g in gained.values()):
        return None
    largest = max([y for g in gained.values() for _, y in g] + [LEAST_TOP])
    unit, by = scale("B", largest)
    p = Panel(f"resident memory gained, {unit}", f"by one process each, when idle again; {lang_name(lang)}; each: a request", "requests",
              sorted({x for g in gained.values() for x, _ in g}), largest / by)
    for twin, pairs in gained.items():
        p.dots(twin, "c", [(x, max(0.0, y / by)) for x, y in pairs])
        words, slope = slope_of(slopes[twin])
        line = lambda x: max(0.0, median(b - slope * a for a, b in pairs) + slope * x) / by  # through the middle of the points
        p.line("line", twin, "c", [] if slope is None else [(x, line(x)) for x in (pairs[0][0], pairs[-1][0])])
        p.label(twin, twin + words, max(0.0, pairs[-1][1] / by) if slope is None else line(pairs[-1][0]))
    return p


def grows(found):
    """Does the harness say so?  Older runs have no trend."""
    return found.get("trend") == "rises" if "trend" in found else (found.get("lo") or 0) > 0


def slope_of(found):
    """(words, bytes a request) of memory: level where the interval holds no slope, None where no
    straight line was found."""
    each, lo, hi = (found.get(k) for k in ("bytes_per_op", "lo", "hi"))
    if None in (each, lo, hi):
        return ": not told", None
    if found.get("trend") in BENT:
        return " " + BENT[found["trend"]], None
    sign = "+" if each >= 0.5 else "−" if each <= -0.5 else ""
    return (f" {sign}{quantity(round(abs(each)), 'B')} each", each) if lo * hi > 0 else (": does not grow", 0)


# --- time

def time_about(tip, lang):
    said = next(("undecided: " * (v["verdict"] == "unsure") + found(v) for v in tip.verdicts
                 if v["kind"] == "time" and v["lang"] == lang and v["ratio"]), None)
    t = tip.times.get(lang)
    if said or not t or None in (t["ratio"], t["lo"], t["hi"]):
        return said or "not decided"
    return "undecided: " * (t["relation"].lower() == "unsure") + f"bad takes {ratio(t['lo'])} to {ratio(t['hi'])} good’s time"


def time_panel(tip, langs, title, about):
    """Every timed process as a dot in the order of running, a column for each of the languages;
    the median of a twin as a line.  A few wild processes must not press the others together: the
    axis ends well above nearly all of them, and those beyond stand at its end as arrowheads."""
    runs = {l: [(s["twin"], float(s["wall_ns"])) for s in tip.timed(l) if float(s["wall_ns"]) > 0] for l in langs}
    runs = {l: r for l, r in runs.items() if {twin for twin, _ in r} == set(TWINS)}
    if len(runs) < len(langs):
        return None
    every = sorted(ns for r in runs.values() for _, ns in r)
    most = min(every[-1], 1.6 * every[int(0.95 * (len(every) - 1))])
    over = sum(ns > most for ns in every)
    unit, by = scale("ns", most)
    alone, wide = len(runs) == 1, max(map(len, runs.values()))
    pitch = 1 if alone else 0.85  # from a process to the next: some white is left between columns
    p = Panel(f"time of a request, {unit}, {title}", about + f"; {over} beyond the top" * (over > 0),
              "processes in the order of running" + ", by where their memory comes from" * (not alone),
              [1, wide] if alone else [(i + 0.42) * wide for i in range(len(runs))],
              most / by, (-1, wide * len(runs)), dot=0.4, x_names=[] if alone else [HEAPS[l] for l in runs])
    for i, r in enumerate(runs.values()):
        for twin in TWINS:
            middle = median(ns / by for t, ns in r if t == twin)
            p.line("level", twin, "c", [(i * wide, middle), (i * wide + len(r) * pitch, middle)])
        for k, (twin, ns) in enumerate(r):
            p.dots(twin, "c", [(i * wide + k * pitch, ns / by)])
    for twin in TWINS:
        middle = median(ns / by for t, ns in r if t == twin)
        p.label(twin, f"{twin} {short(middle)}", middle)
    return p


def heaps_panel(tip):
    """The time on each heap; none for a tip that has one heap only."""
    there = [l for l in HEAPS if tip.timed(l)]
    said = [f"{HEAPS[l]} {ratio(tip.times[l]['ratio'])}" for l in there if tip.times.get(l, {}).get("ratio")]
    return time_panel(tip, there, "by heap", "bad takes, of good’s: " + ", ".join(said)) if len(there) > 1 else None


def panels_of(tip):
    """What the claims are about, then memory, then time, the oldest Go's last; a column in which
    the twins should not differ only fills an empty place.  One in which they did not is left out."""
    latency = latency_panel(tip)
    apart = {"time", "outcome", "rss_bytes"} | ({"p50_ns", "p99_ns"} if latency else set())
    counted = [c for c in tip.claims if c["column"] not in apart]
    differ = [latency] + [dial_panel(tip, c["column"]) for c in counted if c["bad"] != c["good"]]
    alike = [dial_panel(tip, c["column"]) for c in counted if c["bad"] == c["good"]]
    langs = tip.shown()
    memory = [memory_panel(tip, l) for l in langs] if tip.dial == "ops" or tip.of("bad", "c", "slope") else []
    time = [time_panel(tip, [l], lang_name(l), time_about(tip, l)) for l in langs]
    panels = [served_panel(tip)] + differ + memory[:2] + time[:2] + [heaps_panel(tip)] + memory[2:] + time[2:]
    panels = [p for p in panels if p and len({y for *_, y in p.rows}) > 1]
    return (panels + [p for p in alike if p][:max(0, (4 if latency else 3) - len(panels))])[:MOST]
