# SPDX-License-Identifier: MIT
"""curve.py - from which size on a pool is worth it: what an object costs, by where it
comes from, from Google Benchmark's own file."""

import math
import statistics

from page import EDGE, INK, MUTED, NARROW, WIDE, Page, keep_apart, tick_list
from words import listing, number, quantity, ratio, width

LINES = {  # heap and way in gbench.json: (words, role in curve.gp, colour of its words)
    ("glibc", "pool"): ("from the pool", "bad", "#a34a00"),
    ("glibc", "frame"): ("in the frame", "good", "#14568e"),
    ("glibc", "new"): ("new, glibc", "other", MUTED),
    ("mimalloc", "new"): ("new, mimalloc", "other", MUTED),
    ("gc", "new"): ("new, collector", "other", MUTED),
}
POOL, FRAME = ("glibc", "pool"), ("glibc", "frame")
HIGH = 300


def measured(benchmarks):
    """{(heap, way): {bytes: ns of each repetition}} of sizes/HEAP/WAY/BYTES, in the order of
    LINES; empty without the pool."""
    found = {}
    for b in benchmarks:
        parts = b.get("name", "").split("/")
        if parts[0] == "sizes" and len(parts) > 3 and b.get("run_type") == "iteration":
            found.setdefault((parts[1], parts[2]), {}).setdefault(int(parts[3]), []).append(float(b["cpu_time"]))
    found = {line: found[line] for line in LINES if line in found}
    return found if POOL in found and len(found) > 1 else {}


def medians(found):
    return {line: {n: statistics.median(ns) for n, ns in sorted(along.items())} for line, along in found.items()}


def break_even(pool, other):
    """Where the other way becomes dearer than the pool, between two sizes; 0 if it is at
    once, infinite if never."""
    sizes = sorted(set(pool) & set(other))
    over = [math.log(other[n] / pool[n]) for n in sizes]
    dearer = next((i for i, v in enumerate(over) if v > 0), None)
    if dearer is None:
        return math.inf
    if dearer == 0:
        return 0
    share = over[dearer - 1] / (over[dearer - 1] - over[dearer])
    return sizes[dearer - 1] * (sizes[dearer] / sizes[dearer - 1]) ** share


def bytes_words(v):
    return quantity(float(f"{v:.2g}") if v < 1024 else v, "B")


def sentence(lines):
    """What the lines say, each way against the pool."""
    pool, said, always = lines[POOL], [], []
    least = min(pool)
    for line, along in lines.items():
        even = break_even(pool, along) if line != POOL else None
        if even == 0:
            always.append(f"{ratio(along[least] / pool[least])} {LINES[line][0].replace('new, ', 'from ').replace('collector', 'the collector')}")
        elif even is not None:
            said.append(f"{LINES[line][0]} an object is cheaper than from the pool " +
                        ("at every size" if math.isinf(even) else f"up to about {bytes_words(even)}"))
    if always:
        said.append(f"a new one is dearer at every size: at {bytes_words(least)} {listing(always)}")
    return " ".join(s[:1].upper() + s[1:] + "." for s in said)


def curve(run, tip, wide=WIDE):
    found = measured(run.benchmarks)
    lines = medians(found)
    page = Page(f"{tip.slug}-curve", "curve", wide, ["line", "role", "size", "ns", "way", "lo", "hi"])
    y = page.heading("From which size on a pool is worth it", sentence(lines), "C, by Google Benchmark")
    y = page.paragraph("Time for one object, by its size, both logarithmic. A new one is zeroed, a pooled one as its last user left it.",
                       EDGE, y + 4, wide - 2 * EDGE)
    top, bottom = y + 30, y + 30 + HIGH
    left, right = EDGE + 46, wide - EDGE - max(width(LINES[line][0], 12.5, True) for line in lines) - 4
    every = [v for along in lines.values() for v in along.values()]
    y0, y1 = 10 ** math.floor(math.log10(min(every))), 10 ** math.ceil(math.log10(max(every)))
    sizes = sorted(lines[POOL])
    even = break_even(lines[POOL], lines.get(FRAME, {}))
    page.vars = {"left": left, "right": right, "top": top, "bottom": bottom, "x0": sizes[0] * 0.85, "x1": sizes[-1] * 1.01,
                 "y0": y0, "y1": y1, "even": 0 if math.isinf(even) else even, "lines": len(lines),
                 "roles": [LINES[line][1] for line in lines],
                 "xtics": tick_list(sizes[::2 if wide == WIDE else 4], lambda n: quantity(n, "B")),
                 "ytics": tick_list([10.0 ** k for k in range(round(math.log10(y0)), round(math.log10(y1)) + 1)],
                                    lambda ns: quantity(ns, "ns"))}
    if page.vars["even"]:
        mark_even(page, even, left + math.log(even / page.vars["x0"]) / math.log(page.vars["x1"] / page.vars["x0"]) * (right - left), top)
    label(page, lines, right, top, bottom, lambda ns: bottom - math.log(ns / y0) / math.log(y1 / y0) * HIGH)
    page.rows = [(i, LINES[line][1], n, ns, "/".join(line), min(found[line][n]), max(found[line][n]))
                 for i, (line, along) in enumerate(lines.items(), 1) for n, ns in along.items()]
    page.paragraph("bytes of an object", left, bottom + 24, right - left)
    repetitions = max(len(ns) for along in found.values() for ns in along.values())
    page.footing(bottom + 54, f"n: {repetitions} repetitions of each, in random order, a process for each heap; the median of "
                 "their processor time. Margin: none, for no verdict comes from this.", run.source_line())
    return page


def mark_even(page, even, x, top):
    """What the dashed line is, on the side where there is room."""
    words = f"break-even {bytes_words(even)}"
    page.text(words, min(x, page.w - EDGE - width(words, 12)), top - 10, 12, colour=INK)


def label(page, lines, right, top, bottom, y_of):
    """The words of each line, at the right of where it ends."""
    at = keep_apart([y_of(along[max(along)]) for along in lines.values()], 16, top, bottom)
    for line, y in zip(lines, at):
        page.text(LINES[line][0], right + 8, y, 12.5, True, LINES[line][2])
