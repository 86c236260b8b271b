# SPDX-License-Identifier: MIT
"""judge.py - from what a tool says of both twins to a word: the rule of README.md, and no tool.

The twins differ in the mistake and in nothing else.  So what a tool says of bad alone is about the
mistake, what it says of both is about neither, and what it says of good alone is wrong."""

from dataclasses import dataclass

FOUND, MISSED, FALSE_ALARM, ALIKE, OTHER = "found", "missed", "false alarm", "alike", "something else"
NOT_APPLICABLE, FAILED = "not applicable", "failed"

# What a report is about, and of which mistakes that is a sign.  What a tool says of the code can be
# a sign of any.
CODE, TASKS, MEMORY, RACE, PANIC, DEADLOCK = "code", "tasks", "memory", "race", "panic", "deadlock"
SIGN_OF = {TASKS: {"stays", "stuck", "dies"}, MEMORY: {"stays", "held", "dies"}, RACE: {"wrong", "panics"},
           PANIC: {"panics"}, DEADLOCK: {"stuck"}}

# The mistake of a tip, by what it claims; the first that applies.
ENDINGS = {"PANICS": "panics", "STUCK": "stuck", "WRONG": "wrong", "DIES": "dies"}
LEFT = ("tasks", "timers", "channels", "contexts")
HELD = ("rss_bytes", "idle_bytes", "held_bytes")


@dataclass(frozen=True)
class Report:
    """One thing that a tool says."""
    kind: str
    what: str  # in words that are the same for the same thing in either twin
    says: str  # in the tool's own
    file: str = ""  # of the tip; "": it is about the process
    line: int = 0
    source: str = ""  # the text of that line
    count: int = 1  # tasks, blocks

    @property
    def place(self):
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class Said:
    """What a tool said of one twin; or why it said nothing."""
    reports: tuple = ()
    failed: str = ""
    not_applicable: str = ""


@dataclass(frozen=True)
class Result:
    word: str
    bad: int = 0  # how many tasks, blocks or places it named
    good: int = 0
    place: str = ""
    says: str = ""


def mistake(claims):
    """ "stays", "panics" ... of the claims that are expected to hold, as `twinbench list --json` has
    them; "costs": nothing but work."""
    holds = [{**c, "bad": c["bad"].upper(), "good": c["good"].upper()} for c in claims if not c.get("refuted")]
    for c in holds:
        if c["column"] == "outcome" and c["bad"] in ENDINGS:
            return ENDINGS[c["bad"]]
    for columns, word in ((LEFT, "stays"), (HELD, "held")):
        if any(c["column"] in columns and c["bad"] == "GROWS" and c["good"] != "GROWS" for c in holds):
            return word
    return "costs"


def together(reports):
    """{what identifies it: the report}, those about one thing added up."""
    found = {}
    for r in reports:
        key = (r.kind, r.what, r.source)
        found.setdefault(key, []).append(r)
    return {k: (rs[0], sum(r.count for r in rs)) for k, rs in found.items()}


def apart(bad, good):
    """What is said of bad alone, of both, of good alone, as lists of (report, count).  The same words
    about a line that the twins do not share are said of both, too."""
    only_bad = {k: v for k, v in bad.items() if k not in good}
    only_good = {k: v for k, v in good.items() if k not in bad}
    both = [v for k, v in bad.items() if k in good]
    for key in list(only_bad):
        twin = next((k for k in only_good if k[:2] == key[:2]), None)
        if twin:
            both.append(only_bad.pop(key))
            del only_good[twin]
    return list(only_bad.values()), both, list(only_good.values())


def first(counted):
    """The one with most behind it: the report, and how many all of them are."""
    return max(counted, key=lambda c: c[1])[0], sum(n for _, n in counted)


def judge(of, bad, good):
    """The Result of what was Said of both twins; `of` is the mistake."""
    for twin, said in (("bad", bad), ("good", good)):
        if said.not_applicable:
            return Result(NOT_APPLICABLE, says=said.not_applicable)
        if said.failed:
            return Result(FAILED, says=f"{twin}: {said.failed}")
    only_bad, both, only_good = apart(together(bad.reports), together(good.reports))
    signs = [c for c in only_bad if c[0].kind == CODE or of in SIGN_OF[c[0].kind]]
    for word, counted in ((FALSE_ALARM, only_good), (FOUND, signs), (OTHER, only_bad), (ALIKE, both)):
        if counted:
            report, n = first(counted)
            return Result(word, 0 if word == FALSE_ALARM else n, n if word in (FALSE_ALARM, ALIKE) else 0,
                          report.place, report.says)
    return Result(MISSED)
