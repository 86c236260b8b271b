# SPDX-License-Identifier: MIT
"""facts.py - the facts of how each tip aged, and what each Go of a run answered to them.

A fact says what is so from a release on.  The run asked every Go (aged.csv): what it found there is
what the fact says of that release, or contradicts it, or the run could not tell; or the fact is
cited, and was not run."""

import re
from dataclasses import dataclass

from run import age
from sentences import lang_name, typeset
from stored import rows
from words import capital, listing, number, plural

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

    def standing(self):
        """The worst of its answers; one that nobody was here to run is undecided."""
        of = {a["standing"] for a in self.answers}
        return next(s for s in STANDINGS if s in of)

    def badge(self):
        return STANDINGS[self.standing()]

    def sign(self):
        return SIGNS[self.standing()]

    def sentence(self):
        return typeset(capital(self.what)) + (f", since Go {self.since}" if self.since else "") + "."

    def found(self):
        """ "no in Go 1.15 to 1.22; yes in Go 1.23 to 1.27". """
        said = {}
        for a in self.answers:
            if a["lang"]:
                said.setdefault({"-": "undecided"}.get(a["found"], a["found"]), []).append(a["lang"])
        return "; ".join(f"{word} in {stretches(langs, self.gos)}" for word, langs in said.items())

    def doubts(self):
        """[(releases, what was seen)] of the answers that contradict it or tell nothing."""
        seen = {}
        for a in self.answers:
            if a["lang"] and a["standing"] in ("contradicted", "undecided"):
                seen.setdefault((a["standing"], typeset(a["saw"])), []).append(a["lang"])
        return [(standing, stretches(langs, self.gos), saw) for (standing, saw), langs in seen.items()]

    def source(self):
        """(address, words) of what it cites; an address is empty where there is none."""
        found = SOURCE.search(self.cited)
        return (f"https://{found[0]}" if found else ""), self.cited


def stretches(langs, gos):
    """Releases that follow one another in the run as one: "Go 1.15, 1.21 to 1.23"."""
    parts, names = [], [lang_name(l).removeprefix("Go ") for l in gos]
    for i in sorted(map(gos.index, langs)):
        if parts and parts[-1][-1] == i - 1:
            parts[-1].append(i)
        else:
            parts.append([i])
    return "Go " + listing([words for p in parts for words in
                            ([f"{names[p[0]]} to {names[p[-1]]}"] if len(p) > 2 else [names[i] for i in p])])


def facts(run):
    """{tip: its facts, in the order of its list}; empty of a run that asked no Go."""
    answers = rows(run.folder / "aged.csv", (), ("tip", "fact", "what", "lang", "found", "standing"), standing=tuple(STANDINGS))
    gos = sorted({a["lang"] for a in answers if a["lang"]}, key=age)
    of = {}
    for a in answers if gos else ():
        of.setdefault((a["tip"], a["fact"]), []).append(a)
    found = {}
    for (tip, _), same in of.items():
        one = same[0]
        found.setdefault(tip, []).append(Fact(tip, one["what"], one["since"], one["cited"], sorted(same, key=lambda a: age(a["lang"])), gos))
    return found


def summary(found):
    """ "81 facts say how the tips aged. Go 1.15 to 1.27 answered 66 of them, 594 answers: ...". """
    every = sum(found.values(), [])
    answers = [a["standing"] for f in every for a in f.answers if a["lang"]]
    run = [f for f in every if f.standing() != "cited"]
    ended = {s: sum(f.standing() == s for f in run) for s in STANDINGS}
    return (f"{plural(len(every), 'fact')} say how the tips aged. {stretches(every[0].gos, every[0].gos)} answered {number(len(run))} of them, "
            f"{plural(len(answers), 'answer')}: as the tips say in every release {number(ended['confirmed'])}, contradicted "
            f"{number(ended['contradicted'])}, undecided somewhere {number(ended['undecided'])}. Cited, not run: {number(len(every) - len(run))}.")


def contradicted(found):
    return [f for f in sum(found.values(), []) if f.standing() == "contradicted"]
