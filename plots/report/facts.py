# SPDX-License-Identifier: MIT
"""facts.py - the facts of how each tip aged, and what each Go of a run answered to them.

A fact says what is so from a release on.  The run asked every Go (aged.csv): what it found there is
what the fact says of that release, or contradicts it, or the run could not tell; or the fact is
cited, and was not run."""

import re
from dataclasses import dataclass

from run import age
from sentences import lang_name, stretches, typeset
from stored import rows
from words import capital, grouped, number, plural

STANDINGS = {"contradicted": "myth", "undecided": "undecided", "confirmed": "true", "cited": "none"}  # and its badge; the worst first
SIGNS = {"contradicted": "✗", "undecided": "?", "confirmed": "✓", "cited": "–"}
SOURCE = re.compile(r"(go\.dev|github\.com)/\S+")


@dataclass
class Fact:
    tip: str
    what: str
    since: str
    cited: str
    answers: list  # rows of aged.csv, the oldest release first; none if it was not run
    gos: list      # all releases that answered something in this run
    tested: str    # of a time, from which size on it is so: "bad takes at least 1.5× good’s time"

    def standing(self):
        """The worst of its answers; one that nobody was here to run is undecided."""
        of = {a["standing"] for a in self.answers}
        return next(s for s in STANDINGS if s in of)

    def badge(self):
        return STANDINGS[self.standing()]

    def sign(self):
        return SIGNS[self.standing()]

    def sentence(self):
        return typeset(capital(self.what)) + f", since Go {self.since}" * bool(self.since) + f" (tested: {self.tested})" * bool(self.tested) + "."

    def found(self):
        """ "no in Go 1.15 to 1.22; yes in Go 1.23 to 1.27"; of a time what the newest took, too. """
        said = grouped((a["lang"], a["found"].replace("-", "undecided")) for a in self.answers if a["lang"])
        words = [f"{word} in {stretches(langs, self.gos)}" for word, langs in said.items()]
        newest = self.answers[-1]
        if self.tested and newest["standing"] == "confirmed":  # else it is among the doubts
            words.append(f"in {lang_name(newest['lang'])} {typeset(newest['saw'])}")
        return "; ".join(words)

    def doubts(self):
        """[(releases, what was seen)] of the answers that contradict it or tell nothing."""
        doubted = [a for a in self.answers if a["lang"] and a["standing"] in ("contradicted", "undecided")]
        seen = grouped((a["lang"], (a["standing"], typeset(a["saw"]))) for a in doubted)
        return [(standing, stretches(langs, self.gos), saw) for (standing, saw), langs in seen.items()]

    def source(self):
        """(address, words) of what it cites; an address is empty where there is none."""
        found = SOURCE.search(self.cited)
        return (f"https://{found[0]}" if found else ""), self.cited


def tested(tip, what, margin):
    """The size of a fact of that name, if it is about time."""
    fact = next((f for f in tip.words.get("facts") or () if f["what"].replace(",", ";") == what), {})
    if fact.get("claim") != "time":
        return ""
    least, under = fact["least"], fact["under"]
    if not least and not under:
        least = next((c["ratio"] for c in tip.claims if c["column"] == "time" and not c.get("heap")), 0)
    sizes = [f"at least {least:g}×"] * bool(least) + [f"less than {under:g}×"] * bool(under) or [f"more than {1 + margin:g}×"]
    return ("good takes {} its time in the release before" if fact["than_before"] else "bad takes {} good’s time").format(" and ".join(sizes))


def facts(run):
    """{tip: its facts, in the order of its list}; empty of a run that asked no Go."""
    answers = rows(run.folder / "aged.csv", (), ("tip", "fact", "what", "lang", "found", "standing"), standing=tuple(STANDINGS))
    gos = sorted({a["lang"] for a in answers if a["lang"]}, key=age)
    of = {}
    for a in answers if gos else ():
        of.setdefault((a["tip"], a["fact"]), []).append(a)
    found, tips = {}, {t.name: t for t in run.tips}
    for (tip, _), same in of.items():
        one = same[0]
        size = tested(tips[tip], one["what"], run.margin) if tip in tips else ""
        found.setdefault(tip, []).append(Fact(tip, one["what"], one["since"], one["cited"], sorted(same, key=lambda a: age(a["lang"])), gos, size))
    return found


def summary(found):
    """ "The tips state 81 facts about releases of Go. Go 1.15 to 1.27 were asked about 66: 60 are as stated in every release, ...". """
    every = sum(found.values(), [])
    run = [f for f in every if f.standing() != "cited"]
    ended = {s: sum(f.standing() == s for f in run) for s in STANDINGS}
    gos = every[0].gos
    return (f"The tips state {plural(len(every), 'fact')} about releases of Go. {stretches(gos, gos)} {'was' if len(gos) == 1 else 'were'} asked about "
            f"{number(len(run))}: as stated in every release {number(ended['confirmed'])}, contradicted {number(ended['contradicted'])}, "
            f"undecided somewhere {number(ended['undecided'])}. Cited, not run: {number(len(every) - len(run))}.")


def contradicted(found):
    return [f for f in sum(found.values(), []) if f.standing() == "contradicted"]
