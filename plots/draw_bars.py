# SPDX-License-Identifier: MIT
"""draw_bars.py - what each kind of registered cleanup costs: bars from zero, from Google
Benchmark's own file; and the share that they have in the time of an op."""

from statistics import median

from chart import WIDE, Chart
from run import to_number
from words import capital, listing, number, quantity

KINDS = {  # name in gbench.json: (words, more words, what its bars are painted in)
    "plain": ("plain call", "nothing registered", "axis"),
    "open": ("open-coded", "Go since 1.14", "good"),
    "stack": ("record in the frame", "Go 1.13", "other"),
    "heap": ("record on the heap", "Go up to 1.12, and loops", "bad"),
    "attribute": ("__attribute__((cleanup))", "C only; a panic skips it", "other"),
    "pthread": ("pthread_cleanup_push", "C only; of the thread", "other"),
}
PANELS = (("ns, one below the other", "function"), ("ns, in a loop", "loop"), ("bytes", "bytes"))
SAME_PLACE = ("size", "clients", "workers")


def sentence(found):
    """What a kind costs beyond the plain call at the same place, from least to most."""
    def beyond(kind):
        more = [ns - found["plain", place, n][0] for (k, place, n), (ns, _, _) in found.items() if k == kind]
        return f"{KINDS[kind][0]} " + (f"{min(more):.1f} to {max(more):.1f} ns" if min(more) >= 0.1 else f"at most {max(*more, 0.1):.1f} ns")

    base = [ns for (kind, _, _), (ns, _, _) in found.items() if kind == "plain"]
    return (f"Beyond the plain call of {min(base):.1f} to {max(base):.1f} ns, a cleanup costs: "
            f"{listing([beyond(kind) for kind in ('open', 'stack', 'heap')])}.")


def bars(run, tip, width=WIDE):
    found = run.prices("kinds")
    if not {kind for kind, _, _ in found} >= set(KINDS):
        return None
    numbers = sorted({n for _, _, n in found})
    chart = Chart(f"{tip.slug}-kinds", "bars", width, "What a registered cleanup costs, kind by kind", sentence(found),
                  ["panel", "group", "bar", "role", "value", "kind", "what", "n", "said"], above="C, by Google Benchmark",
                  notes=f"A bar each for {listing(list(map(number, numbers)))} cleanups in the function. The line is the plain call.",
                  foot=[f"n: {max(n for _, _, n in found.values())} repetitions of each, all in random order; the median of their "
                        "processor time. Bytes: the cleanup’s record and its share of the scope. Margin: none, for no verdict "
                        "comes from this.", run.source_line()])
    panels = []
    for i, (title, what) in enumerate(PANELS, 1):
        of = {(kind, n): size if what == "bytes" else ns for (kind, place, n), (ns, size, _) in found.items()
              if place == ("function" if what == "bytes" else what)}
        chart.rows += [(i, list(KINDS).index(kind), numbers.index(n), KINDS[kind][2], v, kind, what, n,
                        number(v) if what == "bytes" else f"{v:.1f}") for (kind, n), v in of.items()]
        panels.append((title, max(of.values()) or 1, median(v for (kind, _), v in of.items() if kind == "plain")))
    chart.given["numbers"] = len(numbers)
    chart.arrays("panels", ("panel_title", "panel_most", "panel_base"), panels)
    chart.arrays("names", ("name", "more"), [(words, more) for words, more, _ in KINDS.values()])
    return chart


# --- their share

def middle(samples, column):
    """The median of what the processes say; 0 if they say nothing."""
    return median([v for v in (to_number(s.get(column, "")) for s in samples) if v is not None] or [0])


def share_of(run, tip, twin):
    """ "Bad: 64 per op, at most 1 at a time in a task; 64 × 6.2 ns are 81% of its 490 ns of
    processor time", at the place on the dial where the twin was timed; anywhere if it was not,
    or if its dial is requests; "" if nothing was counted."""
    timed, prices = tip.of(twin, "c", "time"), run.prices("kinds")
    counted = [s for s in tip.of(twin, "c", "count") if s["outcome"] == "OK" and s.get("cleanups")]
    counted = [s for s in counted if timed and all(s.get(n) == timed[0].get(n) for n in SAME_PLACE)] or counted
    if not counted:
        return ""
    each, ns = median(to_number(s["cleanups"]) / to_number(s["ops"]) for s in counted), middle(timed, "cpu_ns")
    costs = [prices[kind, "function", 1][0] for kind in ("heap", "plain") if (kind, "function", 1) in prices]
    said = f"{capital(twin)}: {number(round(each, 2))} per op, at most {number(middle(counted, 'cleanups_peak'))} at a time in a task"
    if not each or not ns or len(costs) < 2:
        return said + "." if each else f"{capital(twin)}: none."
    price = max(0.0, costs[0] - costs[1])  # of a record on the heap, alone in its function: as most twins have it
    share = each * price / ns
    words = "nearly all" if share > 0.95 else f"{share:.0%}" if share >= 0.01 else "less than 1%"
    return (f"{said}; {number(round(each, 2))} × {price:.1f} ns are {words} of its {quantity(ns, 'ns')} of processor time"
            + ", which is noise" * (share <= run.margin()) + ".")


def share(run, tip):
    """What the card of a tip about cleanups says of their number and their price; "" for others."""
    said = [s for s in (share_of(run, tip, twin) for twin in ("bad", "good") if tip.family == "defer") if s]
    return " ".join(["Cleanups with a record."] + said) if said else ""
