# SPDX-License-Identifier: MIT
"""draw_curve.py - from which size on a pool is worth it: what an object costs, by where it
comes from, from Google Benchmark's own file."""

import math

from chart import WIDE, Chart
from words import capital, listing, quantity, ratio

LINES = {  # heap and way in gbench.json: (words, words in a sentence, what they are painted in)
    ("glibc", "pool"): ("from the pool", "", "bad"),
    ("glibc", "frame"): ("in the frame", "in the frame", "good"),
    ("glibc", "new"): ("new, glibc", "from glibc", "other"),
    ("mimalloc", "new"): ("new, mimalloc", "from mimalloc", "other"),
    ("gc", "new"): ("new, collector", "from the collector", "other"),
}
POOL, FRAME = ("glibc", "pool"), ("glibc", "frame")


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
    pool = lines[POOL]
    least = min(pool)
    evens = {line: break_even(pool, along) for line, along in lines.items() if line != POOL}
    said = [f"{LINES[line][1]} an object is cheaper than from the pool " +
            ("at every size" if math.isinf(even) else f"up to about {bytes_words(even)}") for line, even in evens.items() if even]
    dearer = [f"{ratio(lines[line][least] / pool[least])} {LINES[line][1]}" for line, even in evens.items() if not even]
    if dearer:
        said.append(f"a new one is dearer at every size: at {bytes_words(least)} {listing(dearer)}")
    return " ".join(capital(s) + "." for s in said)


def curve(run, tip, width=WIDE):
    found = run.prices("sizes")
    lines = {line: {n: ns for (heap, way, n), (ns, _, _) in sorted(found.items()) if (heap, way) == line} for line in LINES}
    lines = {line: along for line, along in lines.items() if along}
    if POOL not in lines or len(lines) < 2:
        return None
    every = [math.log10(ns) for ns, _, _ in found.values()]
    even = break_even(lines[POOL], lines.get(FRAME, {}))
    chart = Chart(f"{tip.slug}-curve", "curve", width, "From which size on a pool is worth it", sentence(lines),
                  ["line", "role", "size", "ns", "way"], above="C, by Google Benchmark",
                  notes="Time for one object, by its size, both logarithmic. A new one is zeroed, a pooled one as its last user left it.",
                  foot=[f"n: {max(n for _, _, n in found.values())} repetitions of each, in random order, a process for each heap; the "
                        "median of their processor time. Margin: none, for no verdict comes from this.", run.source_line()])
    chart.rows = [(i, LINES[line][2], n, ns, "/".join(line)) for i, (line, along) in enumerate(lines.items(), 1) for n, ns in along.items()]
    chart.arrays("ways", ("role",), [(LINES[line][2],) for line in lines])
    chart.arrays("labels", ("label_ns", "label_text", "label_role"),
                 sorted((along[max(along)], LINES[line][0], LINES[line][2]) for line, along in lines.items()))
    chart.given |= {"x0": float(min(lines[POOL])), "x1": float(max(lines[POOL])), "y0": 10.0 ** math.floor(min(every)),
                    "y1": 10.0 ** math.ceil(max(every)), "even": 0 if math.isinf(even) else even,
                    "even_said": "" if math.isinf(even) else bytes_words(even), "x_label": "bytes of an object"}
    return chart
