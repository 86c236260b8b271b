# SPDX-License-Identifier: MIT
"""kinds.py - what each kind of registered cleanup costs: bars from zero, from Google
Benchmark's own file."""

import statistics

from page import EDGE, MUTED, NARROW, WIDE, Page, tick_list, ticks_to
from words import listing, number

KINDS = {  # name in gbench.json: (words, more words, role in kinds.gp)
    "plain": ("plain call", "nothing registered", "base"),
    "open": ("open-coded", "Go since 1.14", "good"),
    "stack": ("record in the frame", "Go 1.13", "other"),
    "heap": ("record on the heap", "Go up to 1.12, and loops", "bad"),
    "attribute": ("__attribute__((cleanup))", "C only; a panic skips it", "other"),
    "pthread": ("pthread_cleanup_push", "C only; of the thread", "other"),
}
PITCH, GAP = 15, 13  # of bars, and between kinds
NAMES = 214          # where the bars begin, if the names stand left of them

def measured(benchmarks):
    """{(kind, place, n): (ns of each repetition, bytes)} of kinds/KIND/PLACE/N."""
    found = {}
    for b in benchmarks:
        parts = b.get("name", "").split("/")
        if parts[0] == "kinds" and len(parts) > 3 and b.get("run_type") == "iteration":
            key = parts[1], parts[2], int(parts[3])
            found.setdefault(key, ([], b.get("bytes", 0)))[0].append(float(b["cpu_time"]))
    return found if {k for k, _, _ in found} >= set(KINDS) else {}


def median(found, *key):
    return statistics.median(found[key][0])


def price(found):
    """ns that a record on the heap costs beyond the call, alone in its function: as the
    twins of most tips have it."""
    keys = [("heap", "function", 1), ("plain", "function", 1)]
    return max(0.0, median(found, *keys[0]) - median(found, *keys[1])) if all(k in found for k in keys) else None


def beyond(found, kind):
    """Least and most that a kind costs beyond the plain call at the same place."""
    more = [median(found, *key) - median(found, "plain", *key[1:]) for key in found if key[0] == kind]
    return min(more), max(more)


def sentence(found):
    said = []
    for kind in ("open", "stack", "heap"):
        least, most = beyond(found, kind)
        said.append(f"{KINDS[kind][0]} " + (f"{least:.1f} to {most:.1f} ns" if least >= 0.1 else f"at most {max(most, 0.1):.1f} ns"))
    base = [median(found, *key) for key in found if key[0] == "plain"]
    return f"Beyond the plain call of {min(base):.1f} to {max(base):.1f} ns, a cleanup costs: {listing(said)}."


def values(found, what):
    """{(kind, n): (value, least, most)}: of the place's times, or of bytes."""
    if what == "bytes":
        return {(k, n): (size,) * 3 for (k, place, n), (_, size) in found.items() if place == "function"}
    return {(k, n): (statistics.median(ns), min(ns), max(ns)) for (k, place, n), (ns, _) in found.items() if place == what}


def kinds(run, tip, wide=WIDE):
    found = measured(run.benchmarks)
    page = Page(f"{tip.slug}-kinds", "kinds", wide, ["panel", "role", "value", "at", "kind", "what", "n", "lo", "hi"])
    y = page.heading("What a registered cleanup costs, kind by kind", sentence(found), "C, by Google Benchmark")
    sizes = [number(n) for n in sorted({n for _, _, n in found})]
    y = page.paragraph(f"A bar each for {listing(sizes)} cleanups in the function. The line is the plain call.",
                       EDGE, y + 4, wide - 2 * EDGE)
    boxes, left = [], NAMES
    for title, what in (("ns, one below the other", "function"), ("ns, in a loop", "loop"), ("bytes", "bytes")):
        if wide == NARROW:
            panel(page, title, values(found, what), what, y, EDGE + 22, wide - 50, boxes)
            y = boxes[-1]["bottom"] + 34
        else:
            panel(page, title, values(found, what), what, y, left, left + (wide - NAMES) / 3 - 46, boxes)
            left += (wide - NAMES) / 3
    page.vars = {"panels": len(boxes), **{f"panel_{name}": [b[name] for b in boxes] for name in boxes[0]}}
    page.footing(boxes[-1]["bottom"] + 34, *footing(found), run.source_line())
    return page


def footing(found):
    repetitions = max(len(ns) for ns, _ in found.values())
    return [f"n: {repetitions} repetitions of each, all in random order; the median of their processor time. Bytes: the "
            "cleanup’s record and its share of the scope. Margin: none, for no verdict comes from this."]


def panel(page, title, shown, what, top, left, right, boxes):
    """Its words, numbers and rows; what gnuplot must know, into boxes."""
    most = max(v for v, _, _ in shown.values()) or 1
    base = statistics.median(v for (k, _), (v, _, _) in shown.items() if k == "plain")
    page.text(title, left, top + 18, 13, True)
    y = top + 26 + GAP
    for kind, (words, more, role) in KINDS.items():
        y = name(page, words, more, y, first=not boxes)
        page.rows.append((len(boxes) + 1, "line", base, y - PITCH / 2, kind, what, 0, 0, 4 * PITCH))
        for n in sorted(n for k, n in shown if k == kind):
            value, lo, hi = shown[kind, n]
            page.rows.append((len(boxes) + 1, role, value, y, kind, what, n, lo, hi))
            page.text(number(value) if what == "bytes" else f"{value:.1f}",
                      left + max(value, base) / most * (right - left) + 5, y, 12)
            if page.w == NARROW or kind == "plain" and not boxes:
                page.text(number(n), left - 5, y, 12, colour=MUTED, align="right")
            y += PITCH
        y += GAP
    boxes.append({"left": left, "right": right, "top": top + 26, "bottom": y - GAP, "most": most,
                  "xtics": tick_list(ticks_to(most, wanted=3))})


def name(page, words, more, y, first):
    """A kind's name: above its bars on a phone, else left of them, once; where they begin."""
    if page.w == NARROW:
        page.text(words, EDGE, y, 12, True)
        return y + PITCH + 3
    if first:
        page.text(words, EDGE, y, 12, True)
        page.text(more, EDGE, y + PITCH, 12, colour=MUTED)
    return y
