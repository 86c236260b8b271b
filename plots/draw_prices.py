# SPDX-License-Identifier: MIT
"""draw_prices.py - three charts of prices, from Google Benchmark's own file: what each kind of
registered cleanup costs, as bars from zero, and the share that they have in the time of an op;
what an addition to a counter of several tasks costs; and from which size on a pool is worth it,
as curves.  No verdict comes from them."""

import math
from functools import cache
from statistics import median

from chart import WIDE, Chart
from run import load, to_number
from words import capital, listing, number, quantity, ratio


@cache
def prices(run, what, clock="cpu_time"):
    """{(kind, place, n): (median of the repetitions in ns, bytes, repetitions)} of Google
    Benchmark's WHAT/KIND/PLACE/N."""
    found = {}
    for b in load(run.folder / "gbench.json").get("benchmarks", []):
        parts = b.get("run_name", "").split("/")
        if parts[0] == what and len(parts) > 3 and b.get("aggregate_name") == "median":
            found[parts[1], parts[2], int(parts[3])] = float(b[clock]), b.get("bytes", 0), b["repetitions"]
    return found


def price_chart(run, tip, found, name, title, lead, clock="processor time", **more):
    foot = (f"n: {max(n for _, _, n in found.values())} repetitions of each, in random order; the median of their {clock}. "
            "Margin: none, for no verdict comes from this.")
    return Chart(f"{tip.slug}-{name}", title=title, lead=lead, above="C, by Google Benchmark", tip=tip.name, foot=[foot, run.source], **more)


# --- bars

def bar_chart(run, tip, found, name, kinds, panels, **more):
    """A bar for each kind and number, in each of the panels: [(title, what, {(kind, number): value}, where its line is)]."""
    numbers = sorted({n for _, _, n in found})
    chart = price_chart(run, tip, found, name, script="kinds", **more,
                        columns=["panel", "group", "bar", "role", "value", "kind", "what", "n", "said"])
    for i, (_, what, of, _) in enumerate(panels, 1):
        chart.rows += [(i, list(kinds).index(kind), numbers.index(n), kinds[kind][2], v, kind, what, n,
                        number(v) if what == "bytes" else f"{v:.1f}") for (kind, n), v in of.items()]
    chart.given["numbers"] = len(numbers)
    chart.arrays("panels", ("panel_title", "panel_most", "panel_base"), [(title, max(of.values()) or 1, line) for title, _, of, line in panels])
    chart.arrays("names", ("name", "more"), [(words, more) for words, more, _ in kinds.values()])
    return chart


# --- kinds of cleanup

KINDS = {  # name in gbench.json: (words, more words, what its bars are painted in)
    "plain": ("plain call", "nothing registered", "axis"),
    "open": ("open-coded", "Go since 1.14", "good"),
    "stack": ("record in the frame", "Go 1.13", "other"),
    "heap": ("record on the heap", "Go up to 1.12, and loops", "bad"),
    "attribute": ("__attribute__((cleanup))", "C only; a panic skips it", "other"),
    "pthread": ("pthread_cleanup_push", "C only; of the thread", "other"),
}
PANELS = (("ns, one below the other", "function"), ("ns, in a loop", "loop"), ("bytes", "bytes"))


def bars_sentence(found):
    """What a kind costs beyond the plain call at the same place."""
    def beyond(kind):
        return median(ns - found["plain", place, n][0] for (k, place, n), (ns, _, _) in found.items() if k == kind)

    return ("Beyond a plain call, a cleanup costs, in the median: " +
            listing([f"{KINDS[kind][0]} {max(0.0, beyond(kind)):.1f} ns" for kind in ("open", "stack", "heap")]) + ".")


def bars(run, tip, width=WIDE):
    found = prices(run, "kinds")
    if not {kind for kind, _, _ in found} >= set(KINDS):
        return None
    numbers = sorted({n for _, _, n in found})
    panels = []
    for title, what in PANELS:
        of = {(kind, n): size if what == "bytes" else ns for (kind, place, n), (ns, size, _) in found.items()
              if place == ("function" if what == "bytes" else what)}
        panels.append((title, what, of, median(v for (kind, _), v in of.items() if kind == "plain")))
    return bar_chart(run, tip, found, "kinds", KINDS, panels, width=width, title="What a registered cleanup costs, kind by kind",
                     lead=bars_sentence(found), notes=f"A bar each for {listing(list(map(number, numbers)))} cleanups in the function. The line is "
                     "the plain call. Bytes: the cleanup’s record and its share of the scope.")


def share_of(run, tip, twin):
    """ "Bad: 64 a request; 64 × 6.2 ns are 81% of its 490 ns of processor time", at the place on the
    dial where the twin was timed; "" if it was not, or if nothing was counted there."""
    timed, costs = tip.of(twin, "c", "time"), prices(run, "kinds")
    counted = [s for s in tip.of(twin, "c", "count") if s["outcome"] == "OK" and s.get("cleanups")
               and all(s.get(n) == t.get(n) for t in timed for n in ("size", "clients", "workers"))]
    if not counted or not timed:
        return ""
    each = median(to_number(s["cleanups"]) / to_number(s["ops"]) for s in counted)
    said = f"{capital(twin)}: {number(round(each, 2)) if each else 'none'} a request"
    if not each or not costs:
        return said + "."
    ns = median(to_number(s["cpu_ns"]) for s in timed)
    heap, plain = (costs[kind, "function", 1][0] for kind in ("heap", "plain"))  # alone in its function: as most twins have it
    share = each * max(0.0, heap - plain) / ns
    words = "nearly all" if share > 0.95 else f"{share:.0%}" if share >= 0.01 else "less than 1%"
    return (f"{said}; {number(round(each, 2))} × {max(0.0, heap - plain):.1f} ns are {words} of its {quantity(ns, 'ns')} of processor time"
            + ", which is noise" * (share <= run.margin) + ".")


def share(run, tip):
    """What the card of a tip about cleanups says of their number and their price; "" for others."""
    said = " ".join(filter(None, (share_of(run, tip, twin) for twin in ("bad", "good")))) if tip.family == "defer" else ""
    return f"Cleanups with a record. {said}" if said else ""


# --- counters

WAYS = {  # as KINDS
    "apart": ("one for each task", "a cache line each", "good"),
    "beside": ("one for each task", "side by side", "bad"),
    "atomic": ("one for all, atomic", "", "other"),
    "lock": ("one for all, locked", "", "axis"),
}


def counters(run, tip, width=WIDE):
    found = prices(run, "counters", "real_time")
    cost = {(way, workers): ns for (way, _, workers), (ns, _, _) in found.items()}
    numbers = sorted({workers for _, workers in cost})
    if len(numbers) < 2 or not {way for way, _ in cost} >= set(WAYS):
        return None
    dearest = {way: cost[way, numbers[-1]] / cost[way, numbers[0]] for way in WAYS}
    lead = (f"With {number(numbers[-1])} workers instead of {number(numbers[0])} an addition takes {ratio(dearest['apart'])} its time on a "
            f"counter of one’s own, {ratio(dearest['beside'])} if these lie side by side, {ratio(dearest['atomic'])} on an atomic one for "
            f"all, and {ratio(dearest['lock'])} under a lock.")
    return bar_chart(run, tip, found, "counters", WAYS, [("ns, an addition of one task", "addition", cost, cost["apart", numbers[0]])],
                     width=width, title="One addition, four ways to count", lead=lead, clock="time by the clock",
                     notes=f"A bar each for {listing(list(map(number, numbers)))} workers, with a task each. The line is a counter of one’s "
                     "own, alone.")


# --- sizes of objects

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


def curve_sentence(lines):
    """What the lines say, each way against the pool."""
    pool, least = lines[POOL], min(lines[POOL])
    evens = {line: break_even(pool, along) for line, along in lines.items() if line != POOL}
    said = [f"{LINES[line][1]} an object is cheaper than from the pool " +
            ("at every size" if math.isinf(even) else f"up to about {bytes_words(even)}") for line, even in evens.items() if even]
    dearer = [f"{ratio(lines[line][least] / pool[least])} {LINES[line][1]}" for line, even in evens.items() if not even]
    if dearer:
        said.append(f"a new one is dearer at every size: at {bytes_words(least)} {listing(dearer)}")
    return " ".join(capital(s) + "." for s in said)


def curve(run, tip, width=WIDE):
    found = prices(run, "sizes")
    lines = {line: {n: ns for (heap, way, n), (ns, _, _) in sorted(found.items()) if (heap, way) == line} for line in LINES}
    lines = {line: along for line, along in lines.items() if along}
    if POOL not in lines or len(lines) < 2:
        return None
    powers = [math.log10(ns) for ns, _, _ in found.values()]
    even = break_even(lines[POOL], lines.get(FRAME, {}))
    chart = price_chart(run, tip, found, "curve", script="curve", width=width, title="From which size on a pool is worth it",
                        lead=curve_sentence(lines), columns=["line", "role", "size", "ns", "way"],
                        notes="Time for one object, by its size, both logarithmic; a process for each heap. A new one is zeroed, a pooled one "
                        "as its last user left it.")
    chart.rows = [(i, LINES[line][2], n, ns, "/".join(line)) for i, (line, along) in enumerate(lines.items(), 1) for n, ns in along.items()]
    chart.arrays("ways", ("role",), [(LINES[line][2],) for line in lines])
    chart.arrays("labels", ("label_ns", "label_text", "label_role"),
                 sorted((along[max(along)], LINES[line][0], LINES[line][2]) for line, along in lines.items()))
    chart.given |= {"x0": float(min(lines[POOL])), "x1": float(max(lines[POOL])), "y0": 10.0 ** math.floor(min(powers)),
                    "y1": 10.0 ** math.ceil(max(powers)), "x_label": "bytes of an object",
                    "even": 0 if math.isinf(even) else even, "even_said": "" if math.isinf(even) else bytes_words(even)}
    return chart
