# SPDX-License-Identifier: MIT
"""draw_ageing.py - how sayings aged over the releases of Go that a run measured: a strip on a
tip's card, and a page with the strips of all tips.

A strip shows one number, the same in every release: the ratio of times or the growth of memory
that decided the label; else a count; else how bad ended."""

from chart import EDGE, WIDE, Chart, fold
from sentences import label, lang_name, part, plain
from words import number, plural, quantity, ratio

GROUPS = {("true", "myth"): "True once, a myth now", ("myth", "true"): "A myth once, true now", ("myth",): "A myth in every release",
          ("true",): "True in every release", (): "Not decided in every release"}
KEY = [("true", "disc", "good"), ("myth", "kite", "ink"), ("undecided", "ring", "muted"), ("where it is a myth", "square", "band")]
PHYSICAL = ("B", "ns", "%")  # units that a number is not told without


def releases(tip):
    """Those in which its saying got a label, the oldest first."""
    return [l for l in tip.said_in() if l.startswith("go") and label(tip, l) != "none"]


def measured(tip, lang):
    """{what: (value, low, high, in words)}, the most telling first."""
    v, said, memory, found = part(tip, lang), tip.labels[lang], tip.slopes.get(("bad", lang), {}), {}
    if said["ratio"] and said["lo"] and said["hi"]:
        found["time, bad / good"] = said["ratio"], said["lo"], said["hi"], ratio(said["ratio"])
    if v and v["kind"] == "slope" and None not in (memory.get("bytes_per_op"), memory.get("lo"), memory.get("hi")):
        found["memory a request of bad"] = memory["bytes_per_op"], memory["lo"], memory["hi"], quantity(round(memory["bytes_per_op"]), "B")
    if v and v.get("bad_last") is not None:
        unit = tip.column(v["column"])["unit"]
        each = tip.dial == "ops" and unit not in PHYSICAL
        n = v["bad_last"] / tip.points[-1] if each else v["bad_last"]
        found[plain(v["column"]) + " a request" * each + " of bad"] = n, n, n, quantity(float(f"{n:.3g}"), unit if unit in PHYSICAL else "")
    if v and v["kind"] == "outcome":
        found["how bad ends"] = 0.5, 0.5, 0.5, v["bad"].lower()
    return found


def group(tip):
    """By its first and last label; those that never changed came out so everywhere."""
    said = [label(tip, l) for l in releases(tip)]
    ends = [w for w in said if w in ("true", "myth")]
    return (ends[0], ends[-1]) if ends and ends[0] != ends[-1] else (said[0],) if len(set(said)) == 1 and ends else ()


def add_strips(chart, tips, room):
    """The strips of these tips, for strip.gp; and the rows that tell the same."""
    strips, ages, rows = [], [], []
    for tip in tips:
        found = [measured(tip, l) for l in releases(tip)]
        what = next((w for w in found[-1] if all(w in f for f in found)), "")
        found = [f.get(what, (0.5, 0.5, 0.5, "")) for f in found]
        time, (_, lows, highs, _) = what.startswith("time"), zip(*found)
        ends = (min(*lows, 1) / 1.2, max(*highs, 1) * 1.1) if time else (min(*lows, 0), max(*highs, 1e-9))
        title = fold(tip.name.partition("/")[2], room, 13, True) if len(tips) > 1 else "How the saying aged"
        strips.append((title, what, len(ages) + 1, len(ages) + len(found), *map(float, ends), float(time), time))
        for x, (lang, f) in enumerate(zip(releases(tip), found), 1):
            ages.append((lang_name(lang).removeprefix("Go "), label(tip, lang), *map(float, f[1:3]), f[3]))
            rows.append((len(strips), tip.name, what or "-", *ages[-1][:2], x, *f))
    chart.arrays("ages", ("age_name", "age_label", "age_low", "age_high", "age_said"), ages)
    chart.arrays("strips", ("strip_title", "strip_what", "strip_first", "strip_last", "strip_low", "strip_top", "strip_base",
                            "strip_log"), strips)
    return rows


def sentence(groups, gos):
    """ "From Go 1.19 to Go 1.27: 3 sayings were true once and are myths now; 20 came out alike." """
    n = {g: len(of) for g, of in groups.items()}
    said = [f"{plural(n['true', 'myth'], 'saying')} {'was' if n['true', 'myth'] == 1 else 'were'} true once and no more",
            f"{number(n['myth', 'true'])} became true", f"{number(n['myth',] + n['true',])} came out alike in every release"]
    return f"From {lang_name(gos[0])} to {lang_name(gos[-1])}: " + "; ".join(said) + "."


def ageing(run, width=WIDE):
    """The page of all tips; None of a run with fewer than two releases."""
    tips = [t for t in run.tips if len(releases(t)) > 1]
    if not tips:
        return None
    gos = max((releases(t) for t in tips), key=len)
    groups = {g: [t for t in tips if group(t) == g] for g in GROUPS}
    chart = Chart("ageing", "ageing", width, "How sayings about Go aged", sentence(groups, gos),
                  ["strip", "tip", "what", "release", "label", "x", "y", "low", "high", "said"],
                  above=f"real Go, {number(len(gos))} releases in one run", key=KEY,
                  notes="Each mark: what was measured in a release, with its interval. Each panel has an axis of its own; that of times is "
                        "logarithmic, with a line where bad is as fast as good.",
                  foot=[f"n: as on each tip’s card, for every release. Margin: differences of time under {run.margin():.0%} do not "
                        "count.", run.source_line()])
    across = 4 if width == WIDE else 2
    chart.rows = add_strips(chart, sum(groups.values(), []), (width - 2 * EDGE - 26 * (across - 1)) / across)
    last, shown = 0, []
    for g, of in groups.items():
        if of:
            shown.append((f"{GROUPS[g]}: {len(of)}", last + 1, last + len(of)))
            last += len(of)
    chart.arrays("groups", ("group_title", "group_first", "group_last"), shown)
    return chart
