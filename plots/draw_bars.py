# SPDX-License-Identifier: MIT
"""draw_bars.py - what each kind of registered cleanup costs: bars from zero, from Google
Benchmark's own file."""

import statistics

from chart import WIDE, Chart
from words import listing, number

KINDS = {  # name in gbench.json: (words, more words, what its bars are painted in)
    "plain": ("plain call", "nothing registered", "axis"),
    "open": ("open-coded", "Go since 1.14", "good"),
    "stack": ("record in the frame", "Go 1.13", "other"),
    "heap": ("record on the heap", "Go up to 1.12, and loops", "bad"),
    "attribute": ("__attribute__((cleanup))", "C only; a panic skips it", "other"),
    "pthread": ("pthread_cleanup_push", "C only; of the thread", "other"),
}
PANELS = (("ns, one below the other", "function"), ("ns, in a loop", "loop"), ("bytes", "bytes"))


def measured(run):
    """{(kind, place, n): (ns of each repetition, bytes)} of kinds/KIND/PLACE/N."""
    found = {key: (times, size) for key, times, size in run.prices("kinds")}
    return found if {k for k, _, _ in found} >= set(KINDS) else {}


def median(found, *key):
    return statistics.median(found[key][0])


def price(found):
    """ns that a record on the heap costs beyond the call, alone in its function: as the
    twins of most tips have it."""
    keys = [("heap", "function", 1), ("plain", "function", 1)]
    return max(0.0, median(found, *keys[0]) - median(found, *keys[1])) if all(k in found for k in keys) else None


def sentence(found):
    """What a kind costs beyond the plain call at the same place, from least to most."""
    said = []
    for kind in ("open", "stack", "heap"):
        more = [median(found, *key) - median(found, "plain", *key[1:]) for key in found if key[0] == kind]
        least, most = min(more), max(more)
        said.append(f"{KINDS[kind][0]} " + (f"{least:.1f} to {most:.1f} ns" if least >= 0.1 else f"at most {max(most, 0.1):.1f} ns"))
    base = [median(found, *key) for key in found if key[0] == "plain"]
    return f"Beyond the plain call of {min(base):.1f} to {max(base):.1f} ns, a cleanup costs: {listing(said)}."


def values(found, what):
    """{(kind, n): (value, least, most)}: of the place's times, or of bytes."""
    if what == "bytes":
        return {(k, n): (size,) * 3 for (k, place, n), (_, size) in found.items() if place == "function"}
    return {(k, n): (statistics.median(ns), min(ns), max(ns)) for (k, place, n), (ns, _) in found.items() if place == what}


def bars(run, tip, width=WIDE):
    found = measured(run)
    if not found:
        return None
    numbers = sorted({n for _, _, n in found})
    repetitions = max(len(ns) for ns, _ in found.values())
    chart = Chart(f"{tip.slug}-kinds", "bars", width, "What a registered cleanup costs, kind by kind", sentence(found),
                  ["panel", "group", "bar", "role", "value", "kind", "what", "n", "lo", "hi", "said"], above="C, by Google Benchmark",
                  notes=f"A bar each for {listing(list(map(number, numbers)))} cleanups in the function. The line is the plain call.",
                  foot=[f"n: {repetitions} repetitions of each, all in random order; the median of their processor time. Bytes: the "
                        "cleanup’s record and its share of the scope. Margin: none, for no verdict comes from this.", run.source_line()])
    shown = [values(found, what) for _, what in PANELS]
    chart.rows = [(i, group, bar, KINDS[kind][2], values[kind, n][0], kind, what, n, *values[kind, n][1:],
                   number(values[kind, n][0]) if what == "bytes" else f"{values[kind, n][0]:.1f}")
                  for i, (values, (_, what)) in enumerate(zip(shown, PANELS), 1) for group, kind in enumerate(KINDS)
                  for bar, n in enumerate(numbers) if (kind, n) in values]
    chart.given["numbers"] = len(numbers)
    chart.arrays("panels", ("panel_title", "panel_most", "panel_base"),
                 [(title, max(v for v, _, _ in values.values()) or 1, statistics.median(v for (k, _), (v, _, _) in values.items() if k == "plain"))
                  for values, (title, _) in zip(shown, PANELS)])
    chart.arrays("names", ("name", "more"), [(words, more) for words, more, _ in KINDS.values()])
    return chart
