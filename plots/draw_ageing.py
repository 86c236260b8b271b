# SPDX-License-Identifier: MIT
"""draw_ageing.py - how sayings aged over the releases of Go that a run measured: a strip on a
tip's card, and a page with the strips of all tips.

A strip shows one number, the same in every release: the ratio of times or the growth of memory
that decided the label; else a count; else how bad ended."""

from itertools import accumulate

from chart import EDGE, WIDE, Chart, fold
from sentences import label, lang_name, part, plain
from words import capital, number, plural, quantity, ratio

GROUPS = {("true", "myth"): "true once, a myth now", ("myth", "true"): "a myth once, true now", ("myth",): "a myth in every release",
          ("true",): "true in every release", ("myth", ""): "a myth, undecided in some releases",
          ("true", ""): "true, undecided in some releases", (): "undecided in most releases"}
UNCHANGED = ("a myth in every release", "true in every release")  # their number says it all
KEY = [("decided", "disc", "ink"), ("undecided", "ring", "muted"), ("where the saying is a myth", "square", "band")]
PHYSICAL = ("B", "ns", "%")  # units that a number is not told without


def releases(tip):
    """Those in which its saying got a label, the oldest first."""
    return [l for l in tip.said_in if l.startswith("go") and label(tip, l) != "none"]


def measured(tip, lang):
    """{what: (value, low, high, in words)}, the most telling first."""
    v, said, found = part(tip, lang) or {}, tip.labels[lang], {}
    if said["ratio"] and said["lo"] and said["hi"]:
        found["time, bad / good"] = said["ratio"], said["lo"], said["hi"], ratio(said["ratio"])
    if v.get("bad_slope") is not None and v["bad_slope_lo"] is not None:
        found["memory a request of bad"] = v["bad_slope"], v["bad_slope_lo"], v["bad_slope_hi"], quantity(max(0, round(v["bad_slope"])), "B")
    if v.get("bad_last") is not None:
        unit = tip.column(v["column"])["unit"]
        each = tip.dial == "ops" and unit not in PHYSICAL
        n = v["bad_last"] / tip.points[-1] if each else v["bad_last"]
        found[plain(v["column"]) + " a request" * each + " of bad"] = n, n, n, quantity(n if n == round(n) else float(f"{n:.3g}"), unit if unit in PHYSICAL else "")
    if v.get("kind") == "outcome":
        found["how bad ends"] = 0.5, 0.5, 0.5, v["bad"].lower()
    return found


def group(tip):
    """By its first and last label; "" stands for releases in which it was not decided."""
    said = [label(tip, l) for l in releases(tip)]
    ends = [w for w in said if w in ("true", "myth")]
    if 2 * len(ends) < len(said):
        return ()
    return (ends[0], ends[-1]) if ends[0] != ends[-1] else (ends[0],) if len(ends) == len(said) else (ends[0], "")


def add_strips(chart, tips, room):
    """The strips of these tips, for strip.gp; and the rows that tell the same."""
    strips, rows = [], []
    for tip in tips:
        found = [measured(tip, l) for l in releases(tip)]
        what = next((w for w in found[-1] if all(w in f for f in found)), "")
        found = [f.get(what, (0.5, 0.5, 0.5, "")) for f in found]
        time, (_, lows, highs, _) = what.startswith("time"), zip(*found)
        ends = (min(*lows, 1) / 1.2, max(*highs, 1) * 1.1) if time else (min(*lows, 0), max(*highs, 1e-9))
        title = fold(tip.title, room, 13, True) if len(tips) > 1 else "How the saying aged"
        strips.append((title, what, len(rows) + 1, len(rows) + len(found), *map(float, ends), float(time), time))
        rows += [(len(strips), tip.name, what or "-", lang_name(lang).removeprefix("Go "), label(tip, lang), x, *f)
                 for x, (lang, f) in enumerate(zip(releases(tip), found), 1)]
    chart.arrays("ages", ("age_name", "age_label", "age_low", "age_high", "age_said"),
                 [(release, label, float(low), float(high), said) for *_, release, label, _, _, low, high, said in rows])
    chart.arrays("strips", ("strip_title", "strip_what", "strip_first", "strip_last", "strip_low", "strip_top", "strip_base",
                            "strip_log"), strips)
    return rows


def ageing(run, width=WIDE):
    """The page of all tips; None of a run with fewer than two releases."""
    tips = [t for t in run.tips if len(releases(t)) > 1]
    if not tips:
        return None
    gos = max((releases(t) for t in tips), key=len)
    groups = {words: [t for t in tips if group(t) == g] for g, words in GROUPS.items()}
    groups = {words: of for words, of in groups.items() if of}
    lead = (f"From {lang_name(gos[0])} to {lang_name(gos[-1])}, of {plural(len(tips), 'saying')}: " +
            "; ".join(f"{len(of)} {words}" for words, of in groups.items()) + ".")
    chart = Chart("ageing", "ageing", width, "How sayings about Go aged", lead,
                  ["strip", "tip", "what", "release", "label", "x", "y", "low", "high", "said"],
                  above=f"real Go, {number(len(gos))} releases in one run", key=KEY,
                  notes="Of real Go alone. Each mark: what was measured in a release, with its interval. Each panel has an axis of its own; that of "
                        "times is logarithmic, with a line where bad is as fast as good.",
                  foot=[f"n: as on each tip’s card, for every release. Margin: differences of time under {run.margin:.0%} do not "
                        "count.", run.source])
    across = 4 if width == WIDE else 2
    room = (width - 2 * EDGE - 26 * (across - 1)) / across
    chart.rows = add_strips(chart, sum(groups.values(), []), room)
    lasts = list(accumulate(map(len, groups.values())))
    chart.arrays("groups", ("group_title", "group_first", "group_last", "group_drawn"),
                 [(f"{capital(words)}: {len(of)}", last - len(of) + 1, last, words not in UNCHANGED)
                  for (words, of), last in zip(groups.items(), lasts)])
    return chart
