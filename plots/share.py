# SPDX-License-Identifier: MIT
"""share.py - the share that registered cleanups have in the time of an op: how many, times
what one costs (draw_bars.py, the same run), of the time that the op takes."""

import statistics

import draw_bars
from run import to_number
from words import number, quantity

SAME_PLACE = ("size", "clients", "workers")


def middle(samples, column):
    """The median of what the processes say; None if they say nothing."""
    said = [v for v in (to_number(s.get(column, "")) for s in samples) if v is not None]
    return statistics.median(said) if said else None


def twin_share(tip, twin):
    """(cleanups per op, most at a time, ns of the op or None) at the place on the dial where the
    twin was timed; anywhere if it was not, or if its dial is requests.  None if nothing was counted."""
    timed = tip.of(twin, "c", "time")
    counted = [s for s in tip.of(twin, "c", "count") if s["outcome"] == "OK"]
    counted = [s for s in counted if timed and all(s.get(n) == timed[0].get(n) for n in SAME_PLACE)] or counted
    each = [to_number(s.get("cleanups", "")) / to_number(s["ops"]) for s in counted if s.get("cleanups")]
    return (statistics.median(each), middle(counted, "cleanups_peak") or 0, middle(timed, "cpu_ns")) if each else None


def twin_sentence(run, twin, found, price):
    """ "bad: 64 per op, at most 1 at a time in a task; 64 × 6.2 ns are 81% of its 490 ns of
    processor time" """
    each, peak, ns = found
    if not each:
        return f"{twin}: none"
    said = f"{twin}: {number(round(each, 2))} per op, at most {number(peak)} at a time in a task"
    if not ns or price is None:
        return said
    share = each * price / ns
    words = "nearly all" if share > 0.95 else f"{share:.0%}" if share >= 0.01 else "less than 1%"
    noise = "" if share > run.margin() else ", which is noise"
    time = quantity(float(f"{ns:.3g}"), "ns")
    return said + f"; {number(round(each, 2))} × {price:.1f} ns are {words} of its {time} of processor time{noise}"


def sentence(run, tip):
    """What the card of a tip about cleanups says of their number and their price; empty for
    others."""
    if tip.family != "defer":
        return ""
    price = draw_bars.price(draw_bars.measured(run))
    shares = {twin: twin_share(tip, twin) for twin in ("bad", "good")}
    said = [twin_sentence(run, twin, found, price) for twin, found in shares.items() if found]
    return "Cleanups with a record. " + " ".join(s[:1].upper() + s[1:] + "." for s in said) if said else ""
