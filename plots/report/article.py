# SPDX-License-Identifier: MIT
"""article.py - the assertions of the article that started this, and what a run found of each.

patterns/ARTICLE.md has them, and beside each the claims that hold if it is true, or do not.  From
the run's verdicts on those claims comes its label, by the rule that labels a saying: what was
decided agrees, and that is the label; it does not agree, and it depends; nothing was decided.
What was not decided may speak against it, so that is said beside the label."""

import re
from dataclasses import dataclass

from run import EMPTY, age
from sentences import SIGNS, by_label, found
from words import number

ROW = re.compile(r"^\| *(\d+) *\| *(.*?) *\| *(.*?) *\|$", re.M)
PROOF = re.compile(r"(not )?\[([a-z]+/[a-z-]+)\]\([^)]*\)(?: `(\w+)`)?")
OF_VERDICT = {"holds": "true", "refuted": "myth", "unsure": "undecided"}
OPPOSITE = {"true": "myth", "myth": "true"}
FORMS = {"true": ("is true", "are true"), "myth": ("is wrong", "are wrong"), "depends": ("is true in part", "are true in part")}
WORDS = {"myth": "wrong", "depends": "in part", "none": "not measured"}


@dataclass(frozen=True)
class Label:
    word: str
    undecided: int = 0  # so many of the verdicts behind it, if some were decided,
    of: int = 0         # of so many

    @property
    def where_decided(self):
        """Is it said of a part of the evidence alone?  What is true in part stays so."""
        return self.word in OPPOSITE and self.undecided > 0

    @property
    def rest(self):
        """What stands behind its word."""
        return " where decided" * self.where_decided + f"; {self.undecided} of {self.of} undecided" * bool(self.undecided)


@dataclass
class Proof:
    tip: str
    column: str    # of the claim; "" of a tip that only says more about it
    against: bool  # it holds if the assertion is false

    def verdict(self, tips, lang):
        """What the run found of the claim there, or None."""
        of = tips[self.tip].verdicts if self.tip in tips and self.column else ()
        return next((v for v in of if (v["column"], v["lang"]) == (self.column, lang) and v["verdict"] != EMPTY), None)

    def label(self, tips, lang):
        v = self.verdict(tips, lang)
        word = OF_VERDICT.get(v["verdict"], "none") if v else "none"
        return OPPOSITE.get(word, word) if self.against else word


@dataclass
class Assertion:
    n: int
    text: str
    proofs: list

    def labels(self, tips, langs):
        """[(where, label)], alike ones together."""
        return [(where, label) for where, label in by_label(langs, lambda l: self.overall(tips, [l])) if label.word != "none"]

    def overall(self, tips, langs):
        return together(p.label(tips, l) for l in langs for p in self.proofs)

    def named(self, tips):
        """[(tip, what was found in C, or in Go)], each tip once."""
        of = {}
        for p in self.proofs:
            if p.tip in tips:
                v = p.verdict(tips, "c") or next(filter(None, (p.verdict(tips, l) for l in reversed(tips[p.tip].gos))), None)
                of.setdefault(p.tip, []).extend([measured(tips[p.tip], v)] if v else [])
        return [(tips[name], "; ".join(said)) for name, said in of.items()]


def measured(tip, v):
    """What was found of the claim.  Of a time the size that was tested."""
    least = tip.claim(v).get("ratio") or 0
    return f"(tested ≥ {least:g}×) " * bool(least) + found(v)


def together(words):
    """The label of several pieces of evidence."""
    said = [w for w in words if w != "none"]
    decided = set(said) - {"undecided"}
    word = next(iter(decided)) if len(decided) == 1 else "depends" if decided else "undecided" if said else "none"
    rest = said.count("undecided") if decided else 0
    return Label(word, rest, len(said) if rest else 0)


def read(tree):
    """The assertions, in their order."""
    path = tree / "ARTICLE.md"
    rows = ROW.findall(path.read_text("utf-8")) if path.exists() else ()
    return [Assertion(int(n), text.replace("`", ""), [Proof(tip, column, bool(against)) for against, tip, column in PROOF.findall(proofs)])
            for n, text, proofs in rows]


def of_run(run):
    """(those of which this run measured something, its tips by name, where it measured)."""
    tips = {t.name: t for t in run.tips}
    langs = ["c"] * any("c" in t.shown for t in run.tips) + sorted({l for t in run.tips for l in t.gos}, key=age)
    return [a for a in read(run.tree) if a.overall(tips, langs).word != "none"], tips, langs


def summary(assertions, tips, langs):
    """ "Of 24 assertions 17 are true here and 2 where decided, 1 is wrong, 4 are true in part; 1 could not be decided." """
    said = [a.overall(tips, langs) for a in assertions]
    words = []
    for word, forms in FORMS.items():
        of = [l for l in said if l.word == word]
        partly = sum(l.where_decided for l in of)
        n = len(of) - partly
        words.append(f"{n} {forms[n != 1]}" + " here" * (word == "true") + f" and {partly} where decided" * bool(partly))
    rest = sum(l.word == "undecided" for l in said)
    return f"Of {number(len(said))} assertions {', '.join(words)}" + f"; {rest} could not be decided" * bool(rest) + "."


def badge(label):
    """(its sign, its word)."""
    return SIGNS[label.word], WORDS.get(label.word, label.word)
