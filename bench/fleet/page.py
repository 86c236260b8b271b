# SPDX-License-Identifier: MIT
"""page.py - fleet.html: sayings and machines, on one page that needs nothing else.

A saying is a row, a machine a place in it, the same in every row: a tick that stands is `true`, one that
hangs is `myth`, so that the row can be read in grey, and a thousand machines in the width of a phone.
Equal neighbours are one shape; that keeps the page small.  The style is the report's."""

import json
import math
from collections import Counter
from html import escape
from pathlib import Path

from machines import FACTS, KIND
from words import alike, capital, listing, number, plural, ratio

HERE = Path(__file__).resolve().parent
REPORT_CSS = HERE.parents[1] / "plots/report/report.css"
SIGNS = {"true": "✓", "myth": "✗", "depends": "◐", "undecided": "?", "": "–"}
LETTERS = {"true": "t", "myth": "m", "depends": "d", "undecided": "u", "": "-"}
# Where a tick begins and how high it is, of 12.
TICKS = {"true": (0, 6), "myth": (6, 6), "depends": (3, 6), "undecided": (5.3, 1.4)}
LEAST, MOST = 1 / 4, 8  # the ends of the axis of times, as in the report
NAMED = 40   # so many machines have their names above the rows
SPACED = 60  # so many have a gap between them
SHOWN = 8    # machines that are named, of those that say otherwise


def names(machines, most=SHOWN):
    """ "n1, n2 and 14 more" """
    some = [escape(m.name) for m in machines[:most]]
    return ", ".join(some) + f" and {number(len(machines) - most)} more" * (len(machines) > most)


def table(kind, heads, rows):
    """Rows of cells that are HTML; the first of each names it.  A row may begin with its own class."""
    head = "".join(f'<th scope="col">{h}</th>' for h in heads)
    body = "".join(f'<tr class="{own}"><th scope="row">{first}</th>{"".join(f"<td>{c}</td>" for c in rest)}</tr>\n' for own, first, *rest in rows)
    return f'<div class="wide-table"><table class="{kind}"><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>'


# --- a row of ticks

def stretches(letters):
    """[(first, length, letter)] of equal neighbours."""
    found = []
    for i, letter in enumerate(letters):
        if found and found[-1][2] == letter:
            found[-1][1] += 1
        else:
            found.append([i, 1, letter])
    return found


def ticks(labels, grey):
    """The row as an SVG, of which a machine is one unit wide; the last `grey` of them do not count."""
    spaced = len(labels) <= SPACED
    paths = {}
    for where, begin, end in (("", 0, len(labels) - grey), (" grey", len(labels) - grey, len(labels))):
        parts = [(i, 1, label) for i, label in enumerate(labels[begin:end])] if spaced else stretches(labels[begin:end])
        for first, n, label in parts:
            if label in TICKS:
                top, height = TICKS[label]
                wide = n - 0.16 * spaced
                paths.setdefault(label + where, []).append(f"M{begin + first + 0.08 * spaced:g} {top:g}h{wide:g}v{height:g}h-{wide:g}z")
    return (f'<svg class="ticks" viewBox="0 0 {len(labels)} 12" preserveAspectRatio="none" aria-hidden="true">'
            + "".join(f'<path class="{c}" d="{"".join(p)}"/>' for c, p in paths.items()) + "</svg>")


def in_words(counts):
    return " · ".join(f"{SIGNS[word]} {number(counts[word])} {word}" for word in ("true", "myth", "depends", "undecided") if counts[word])


def badge(s):
    word = s.label or ("differs" if s.dissent else "undecided")
    return f'<span class="badge {word}"><span aria-hidden="true">{SIGNS.get(word, "≠")}</span> {word}</span>'


def row(fleet, s):
    labels = [m.label(s.tip) for m in fleet.machines]
    grey = len(fleet.machines) - len(fleet.trusted)
    kind = "differs" if s.differs() else "undecided" if not s.label else "same"
    dissent = f"; {names(s.dissent)} otherwise" if s.label and s.dissent else ""
    return (f'<tr class="saying" data-tip="{s.tip}" data-kind="{kind}" data-labels="{"".join(LETTERS[w] for w in labels)}"><td>{badge(s)}</td>'
            f'<th scope="row">“{escape(s.said)}”<span class="name">{s.tip}</span></th>'
            f'<td class="strip">{ticks(labels, grey)}<span class="why">{in_words(s.counts)}{dissent}</span></td></tr>\n')


# --- on what it depends

def by_value(fleet, s, fact):
    """ "AMD EPYC: ✓ 3 true; Xeon: ✗ 4 myth", the most frequent first. """
    of = {}
    for m in fleet.trusted:
        if m.label(s.tip):
            of.setdefault(m.fact(fact), Counter())[m.label(s.tip)] += 1
    every = sorted(of.items(), key=lambda item: -sum(item[1].values()))
    shown = "".join(f"<li><b>{escape(value)}</b>: {in_words(counts)}</li>" for value, counts in every[:SHOWN])
    rest = len(every) - SHOWN
    return f"<ul>{shown}{f'<li>and {number(rest)} more</li>' * (rest > 0)}</ul>"


def differing_facts(machines):
    return [name for name in FACTS if len({m.fact(name) for m in machines}) > 1]


def why(fleet, s):
    """What goes with the difference."""
    if s.by:
        together = " (which here go together)" if len(s.by) > 1 else ""
        how = (f"It goes with the {listing(s.by)}{together}: that tells the label of {math.floor(100 * s.right)}% of the machines" if s.sure else
               f"It may go with the {listing(s.by)}{together}; these are too few machines to be sure")
        return f"<p>{how}.</p>{by_value(fleet, s, s.by[0])}"
    facts = differing_facts(fleet.trusted)
    once = " One run in a hundred may have a false word: measure again before you look for a cause." * (len(s.dissent) == 1)
    unlike = f"They differ in {listing(facts)}." if facts else "They differ in nothing that is known of them."
    if len(fleet.trusted) <= SHOWN:
        return f"<p>{who_says_what(fleet, s)}. So few machines cannot tell on what it depends. {unlike}{once}</p>"
    return f"<p>No fact of the machines tells on which. {unlike} {names(s.dissent)} say{'s' * (len(s.dissent) == 1)} otherwise than the rest.{once}</p>"


def who_says_what(fleet, s):
    """ "True on n1 and n3; myth on n2", of few machines. """
    said = alike([(escape(m.name), m.label(s.tip)) for m in fleet.trusted if m.label(s.tip)])
    return capital("; ".join(f"{label} on {machines}" for machines, label in said))


def differing(fleet, found):
    rows = [s for s in found if s.differs()]
    if not rows:
        return "<p>Nothing: whatever could be decided has the same label on all of them.</p>"
    rows.sort(key=lambda s: (not s.sure, not s.by, -len(s.dissent)))
    return "".join(f'<article class="differs"><h3>“{escape(s.said)}” <span class="name">{s.tip}</span></h3>'
                   f'<p class="why">{in_words(s.counts)}</p>{why(fleet, s)}</article>\n' for s in rows)


# --- times

def place(r):
    """Of a ratio on the logarithmic axis, in thousandths."""
    return 1000 * math.log(min(max(r, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)


def spread(i, n):
    """How far down a dot stands, so that neighbours do not cover each other; of few machines in a line."""
    return 50 if n <= 8 else 12 + 76 * (i * 0.618034 % 1)


def dots(fleet, tip):
    """(a dot for each machine as SVG, the ratios that count in order); None if none was timed."""
    found = [(i, m, m.labels[tip]["ratio"]) for i, m in enumerate(fleet.machines) if m.labels.get(tip, {}).get("ratio")]
    if not found:
        return None
    paths = {"grey": "", "counts": ""}
    for i, m, r in found:
        paths["grey" if m.failed else "counts"] += f"M{place(r):.0f} {spread(i, len(found)):.0f}h0"
    drawn = "".join(f'<path class="{kind}" d="{d}"/>' for kind, d in paths.items() if d)
    many = " many" * (len(found) > 100)
    return (f'<svg class="dots{many}" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">'
            f'<path class="one" d="M{place(1):.0f} 0v100"/>{drawn}</svg>', sorted(r for _, m, r in found if not m.failed))


def middle(ratios):
    """With the least and the greatest."""
    if not ratios:
        return "–"
    return f'{ratio(ratios[len(ratios) // 2])}<span class="why"> {ratio(ratios[0])} to {ratio(ratios[-1])}</span>'


def times(fleet, found):
    rows = [(s.tip, *d) for s in found if (d := dots(fleet, s.tip))]
    if not rows:
        return "<p>No saying here is about time.</p>"
    rows.sort(key=lambda r: -(r[2][len(r[2]) // 2] if r[2] else 0))
    axis = "".join(f'<span style="left:{place(at) / 10:.1f}%">{mark}</span>'
                   for at, mark in ((0.25, "¼"), (0.5, "½"), (1, "1×"), (2, "2"), (4, "4"), (8, "8")))
    body = "".join(f'<tr><th scope="row">{tip}</th><td class="scale">{svg}</td><td class="num">{middle(ratios)}</td></tr>\n'
                   for tip, svg, ratios in rows)
    return ('<table class="overview fleet-times"><thead><tr><th scope="col">Pair</th><th scope="col" class="scale">'
            f'<span class="hidden">ratios</span><span class="axis" aria-hidden="true">{axis}</span></th>'
            f'<th scope="col" class="num">middle</th></tr></thead><tbody>\n{body}</tbody></table>')


# --- the machines

def letters(i):
    """A, B, ... Z, AA, AB ..."""
    return (letters(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def kinds(fleet):
    """[(letter, kind, its machines)], in the order of the rows."""
    of = {}
    for m in fleet.machines:
        of.setdefault(m.kind(), []).append(m)
    return [(letters(i), kind, machines) for i, (kind, machines) in enumerate(of.items())]


def letter_of(fleet):
    """{machine: the letter of its kind}"""
    return {m.name: letter for letter, _, machines in kinds(fleet) for m in machines}


def head(fleet):
    """Above the ticks: the machines' names, if they are few, or where a kind begins."""
    return names_above(fleet.machines) if len(fleet.machines) <= NAMED else kinds_above(fleet)


def names_above(machines):
    high = min(max(len(m.name) for m in machines), 14) * 0.5 + 0.5
    every = "".join(f'<span class="{"grey" * m.failed}"><span>{escape(m.name)}</span></span>' for m in machines)
    return f'<span class="machines" style="height:{high:g}em">{every}</span>'


def kinds_above(fleet):
    letter, n, parts = letter_of(fleet), len(fleet.machines), []
    for first, length, (name, grey) in stretches([(letter[m.name], m.failed) for m in fleet.machines]):
        wide = 100 * length / n  # percent
        words = ("control failed" if wide > 14 else "") if grey else name if wide > 1.5 + len(name) else ""
        parts.append(f'<span class="{"grey" * grey}" style="left:{100 * first / n:.2f}%;width:{wide:.2f}%">{words}</span>')
    return f'<span class="groups">{"".join(parts)}</span>'


def short(kind):
    """The list of nine releases of Go is not read."""
    go = kind[-1].split()
    return (*kind[:-1], f"{len(go)} of Go: {go[0][2:]} to {go[-1][2:]}" if len(go) > 2 else kind[-1].replace("unknown", "none"))


def kinds_table(fleet):
    rows = (("", letter, f'{number(len(machines))} <span class="why">({names(machines, 3)})</span>', *map(escape, short(kind)))
            for letter, kind, machines in kinds(fleet))
    return table("overview", ("Kind", "Machines", *map(capital, KIND)), rows)


def machines_table(fleet):
    letter = letter_of(fleet)
    rows = (("grey" * m.failed, escape(m.name), letter[m.name], escape(str(m.facts.get("date", ""))),
             escape(str(m.facts.get("commit", ""))[:12]), in_words(Counter(map(m.label, m.labels))), escape("; ".join(m.notes)))
            for m in fleet.machines)
    return table("overview", ("Machine", "Kind", "Run of", "Commit", "Its labels", "Notes"), rows)


def warnings(fleet):
    """What a reader must know before all else."""
    failed = [m for m in fleet.machines if m.failed]
    clocks = [m for m in fleet.machines if any("clock" in n for n in m.notes)]
    commits = Counter(str(m.facts.get("commit", ""))[:12] for m in fleet.machines)
    if failed:
        yield (f"On {plural(len(failed), 'machine')} the same program twice did not come out the same, so they are grey and do "
               f"not count: {names(failed)}.")
    if len(commits) > 1:
        yield f"They are of {len(commits)} commits: {listing([f'{escape(c)} on {number(n)}' for c, n in commits.most_common(4)])}."
    if clocks:
        yield f"The clock of {plural(len(clocks), 'machine')} is off: {names(clocks)}. Nothing here is ordered by it."
    if fleet.alone:
        yield (f"{names(fleet.alone)}: each says otherwise than nearly all machines of several sayings, which is no chance; "
               "look at these machines before you believe them.")
    why = {}
    for name, words in fleet.left_out.items():
        why.setdefault(words, []).append(escape(name))
    every = sorted(why.items(), key=lambda item: -len(item[1]))
    for words, left in every[:SHOWN]:
        yield f"Left out: {', '.join(left[:SHOWN])}{f' and {number(len(left) - SHOWN)} more' * (len(left) > SHOWN)}: {escape(words)}."
    if every[SHOWN:]:
        yield f"Left out for yet other reasons: {number(sum(len(left) for _, left in every[SHOWN:]))}."


# --- all of it

KINDS_OF_ROWS = {"differs": "depends on the machine", "same": "the same everywhere", "undecided": "undecided"}


def script(fleet):
    data = [[m.name, " · ".join(short(m.kind())), int(m.failed)] for m in fleet.machines]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"const machines = {text};\n" + (HERE / "page.js").read_text("utf-8")


def days(fleet):
    """When they were measured, as far as their clocks can be believed."""
    every = sorted({str(m.facts.get("date", ""))[:10] for m in fleet.machines if not any("clock" in n or "date" in n for n in m.notes)})
    return escape(" to ".join(dict.fromkeys((every[0], every[-1])))) if every else "at an unknown time"


def legend(lettered):
    keys = "".join(f'<span class="key"><svg class="ticks" viewBox="0 0 3 12" preserveAspectRatio="none" aria-hidden="true">'
                   f'<path class="{word}" d="M0 {top}h3v{height}h-3z"/></svg> {word}</span>' for word, (top, height) in TICKS.items())
    return (f'<p class="why legend">A place is a machine, the same in every row. {keys}'
            '<span class="key">nothing: the run says nothing of it</span> <span class="key">grey: the control failed</span>'
            + ' A letter is a <a href="#machines-h">kind of machine</a>.' * lettered + "</p>")


def filters():
    shown = "".join(f'<label><input type="checkbox" name="kind" value="{kind}"><span>{words}</span></label>' for kind, words in KINDS_OF_ROWS.items())
    return f"""<form class="filters" hidden>
<label class="search">Search the sayings <input type="search" name="words" autocomplete="off"></label>
<label class="search">Mark a machine <input name="machine" list="names" autocomplete="off"><datalist id="names"></datalist></label>
<fieldset><legend>Show</legend>
{shown}
</fieldset>
<p class="shown" role="status"></p>
</form>
<p class="readout why" role="status">Point at a tick, or go along a row with the arrow keys, to see which machine it is.</p>"""


def opening(fleet, headline):
    n, known = len(fleet.machines), "".join(f"<li>{words}</li>" for words in warnings(fleet))
    runs = plural(n, f"{'quick' if fleet.machines[0].facts.get('quick') else 'full'} run")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Twinbench: {escape(headline)}</title>
<style>
{REPORT_CSS.read_text("utf-8")}
{(HERE / "page.css").read_text("utf-8")}</style>
</head>
<body style="--machines:{n}">
<a class="skip" href="#sayings">Skip to the sayings</a>
<header class="page">
<p class="eyebrow">Twinbench: what people say about concurrent code, measured on {plural(n, "machine")}</p>
<h1>{escape(headline)}</h1>
<p class="source">{runs}, commit {escape(str(fleet.commit)[:12])}, {days(fleet)}</p>
{f'<ul class="short warning">{known}</ul>' * bool(known)}
</header>
<main>
"""


def page(fleet, found, headline):
    """In parts, one after the other."""
    spread_out = ", spread up and down to be seen" * (len(fleet.machines) > 8)
    yield opening(fleet, headline)
    yield f"""<section aria-labelledby="differs-h"><h2 id="differs-h">What depends on the machine</h2>
{differing(fleet, found)}</section>
<section id="sayings" aria-labelledby="sayings-h"><h2 id="sayings-h">Every saying on every machine</h2>
{legend(len(fleet.machines) > NAMED)}
{filters()}
<table class="index fleet"><thead><tr><th scope="col">It is</th><th scope="col">What people say</th>
<th scope="col" class="strip"><span class="hidden">on each machine</span>{head(fleet)}</th></tr></thead><tbody>
"""
    for s in sorted(found, key=lambda s: (not s.differs(), s.tip)):
        yield row(fleet, s)
    yield f"""</tbody></table></section>
<section aria-labelledby="times-h"><h2 id="times-h">How much slower</h2>
<p class="why">Time of bad as a multiple of good’s, of each saying that is about time: a dot is a machine{spread_out};
grey dots do not count. The axis is logarithmic; what is beyond stands at its end.</p>
{times(fleet, found)}</section>
<section aria-labelledby="machines-h"><h2 id="machines-h">The machines</h2>
{kinds_table(fleet)}
<details><summary>All {plural(len(fleet.machines), "machine")}</summary>
{machines_table(fleet)}</details></section>
</main>
<footer class="page">
<p class="why">Each cell is the label that the run on that machine gave by itself; here nothing is decided again. A saying is
called the same everywhere if no more than one machine in a hundred (rounded) says otherwise, for as many runs may have a false word.
That a label goes with a fact means: from the other machines with the same fact it can be told more often than by what most
say, and by more than chance (sign test, 1 % over all sayings and facts).</p>
<p class="why">Each cell with its ratio: <a href="fleet.csv">fleet.csv</a>, beside this page.</p>
</footer>
<script>
{script(fleet)}</script>
</body>
</html>
"""
