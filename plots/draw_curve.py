# SPDX-License-Identifier: MIT
"""draw_curve.py - from which size on a pool is worth it: what an object costs, by where it
comes from, from Google Benchmark's own file."""

import math
import statistics

from chart import WIDE, Chart
from words import listing, quantity, ratio

LINES = {  # heap and way in gbench.json: (words, what they are painted in)
    ("glibc", "pool"): ("from the pool", "bad"),
    ("glibc", "frame"): ("in the frame", "good"),
    ("glibc", "new"): ("new, glibc", "other"),
    ("mimalloc", "new"): ("new, mimalloc", "other"),
    ("gc", "new"): ("new, collector", "other"),
}
POOL, FRAME = ("glibc", "pool"), ("glibc", "frame")


def measured(run):
    """{(heap, way): {bytes: ns of each repetition}} of sizes/HEAP/WAY/BYTES, in the order of
    LINES; empty without the pool."""
    found = {}
    for (heap, way, size), times, _ in run.prices("sizes"):
        found.setdefault((heap, way), {})[size] = times
    found = {line: dict(sorted(found[line].items())) for line in LINES if line in found}
    return found if POOL in found and len(found) > 1 else {}


def break_even(pool, other):
    """Where the other way becomes dearer than the pool, between two sizes; 0 if it is at
    once, infinite if never."""
    sizes = sorted(set(pool) & set(other))
    over = [math.log(other[n] / pool[n]) for n in sizes]
    dearer = next((i for i, v in enumerate(over) if v > 0), None)
    if not dearer:
        return math.inf if dearer is None else 0
    share = over[dearer - 1] / (over[dearer - 1] - over[dearer])
    return sizes[dearer - 1] * (sizes[dearer] / sizes[dearer - 1]) ** share


def bytes_words(v):
    return quantity(float(f"{v:.2g}") if v < 1024 else v, "B")


def sentence(lines):
    """What the lines say, each way against the pool."""
    pool, said, always = lines[POOL], [], []
    least = min(pool)
    for line, along in lines.items():
        words, even = LINES[line][0], break_even(pool, along) if line != POOL else None
        if even == 0:
            always.append(f"{ratio(along[least] / pool[least])} " + words.replace("new, ", "from ").replace("collector", "the collector"))
        elif even is not None:
            said.append(f"{words} an object is cheaper than from the pool " +
                        ("at every size" if math.isinf(even) else f"up to about {bytes_words(even)}"))
    if always:
        said.append(f"a new one is dearer at every size: at {bytes_words(least)} {listing(always)}")
    return " ".join(s[:1].upper() + s[1:] + "." for s in said)


def curve(run, tip, width=WIDE):
    found = measured(run)
    if not found:
        return None
    lines = {line: {n: statistics.median(ns) for n, ns in along.items()} for line, along in found.items()}
    every = [math.log10(v) for along in lines.values() for v in along.values()]
    low, high = math.floor(min(every)), math.ceil(max(every))
    even = break_even(lines[POOL], lines.get(FRAME, {}))
    repetitions = max(len(ns) for along in found.values() for ns in along.values())
    chart = Chart(f"{tip.slug}-curve", "curve", width, "From which size on a pool is worth it", sentence(lines),
                  ["line", "role", "size", "ns", "way", "lo", "hi"], above="C, by Google Benchmark",
                  notes="Time for one object, by its size, both logarithmic. A new one is zeroed, a pooled one as its last user left it.",
                  foot=[f"n: {repetitions} repetitions of each, in random order, a process for each heap; the median of "
                        "their processor time. Margin: none, for no verdict comes from this.", run.source_line()])
    chart.rows = [(i, LINES[line][1], n, ns, "/".join(line), min(found[line][n]), max(found[line][n]))
                  for i, (line, along) in enumerate(lines.items(), 1) for n, ns in along.items()]
    chart.arrays("ways", ("role",), [(LINES[line][1],) for line in lines])
    chart.arrays("labels", ("label_ns", "label_text", "label_role"), sorted((along[max(along)], *LINES[line]) for line, along in lines.items()))
    chart.given |= {"x0": float(min(lines[POOL])), "x1": float(max(lines[POOL])), "y0": 10.0 ** low, "y1": 10.0 ** high,
                   "even": 0 if math.isinf(even) else even, "even_said": "" if math.isinf(even) else bytes_words(even),
                   "x_label": "bytes of an object"}
    return chart
