# SPDX-License-Identifier: MIT
"""collect.py - what each machine found (machines.py), put side by side.

Nothing is decided anew: a cell is the label that the run itself has stored.  A run counts if it is
complete, is there once, and was asked the same as most; whatever is left out is named, with why.
On what a difference hangs is looked for in the facts of machine.json (association)."""

import contextlib
import math
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timezone

import page
import shards
import submit
from machines import FACTS, Asked, read
from stored import Trouble
from words import listing, number, plural

DECIDED = ("true", "myth", "depends")
CLOCK_S = 120  # a clock may be so far off
FALSE = 0.01   # so many runs may have a false word (bench/README.md); as many may dissent by chance
ALONE = 3      # and so many false words has one run in millions


# --- all of them

def of_fleet(folder, what):
    """(name, run) of each task that is complete, (name, None) of the others."""
    for task in what["tasks"]:
        done = folder / "runs" / task["name"] / "done"
        yield task["name"], done.resolve() if done.exists() else None


def of_any(folder):
    """The runs below a folder, however they came there."""
    runs = []
    for at, folders, names in os.walk(folder, onerror=lambda e: runs.append(type(folder)(e.filename))):
        folders.sort()
        if "machine.json" in names:
            runs.append(type(folder)(at))
            folders.clear()
    alone = Counter(r.parent for r in runs)
    for run in runs:
        name = run.parent if alone[run.parent] == 1 and run.parent != folder else run
        yield str(name.relative_to(folder)) if name != folder else folder.name, run


def why_not(e, run):
    if isinstance(e, PermissionError):
        return f"it belongs to {submit.owner(run)} and may not be read"
    if isinstance(e, FileNotFoundError):
        return f"{os.path.basename(e.filename)} is missing: the run is not complete"
    if isinstance(e, OSError):
        return e.strerror
    return str(e).replace(f"{run}/", "").partition(" (")[0] if isinstance(e, Trouble) else f"words.json holds what none should ({type(e).__name__})"


class Fleet:
    """machines: those that are shown, of one kind after the other; left_out: {name: why}."""

    def __init__(self, folder, what):
        self.folder, self.what, self.left_out, self.machines, self.alone = folder, what, {}, [], []
        asked = Asked()
        for name, run in of_fleet(folder, self.what) if self.what else of_any(folder):
            if not run:
                self.left_out[name] = "not complete yet: twinbench fleet status tells more"
                continue
            try:
                self.machines.append(read(name, run, asked))
            except (Trouble, OSError, ValueError, KeyError, TypeError) as e:
                self.left_out[name] = why_not(e, run)
        self.drop_copies()
        self.keep_most("quick", lambda m: m.facts.get("quick") is True, {True: "quick, and most are full", False: "full, and most are quick"})
        if not self.machines:
            raise Trouble(f"no run to show in {folder}: " + (next(iter(self.left_out.values())) if self.left_out else "there is none below it"))
        self.commit = self.usual(lambda m: m.facts.get("commit", ""))
        self.questions()
        self.look_at_clocks()
        self.machines.sort(key=lambda m: (m.failed, m.kind(), m.name))
        self.trusted = [m for m in self.machines if not m.failed]

    def usual(self, of):
        """What most of them have."""
        return Counter(map(of, self.machines)).most_common(1)[0][0]

    def drop_copies(self):
        first = {}
        for m in self.machines:
            if first.setdefault(m.digest, m) is not m:
                self.left_out[m.name] = "a copy of another machine's run"
        self.machines = list(first.values())

    def keep_most(self, what, of, words):
        """A quick run decides by other numbers of blocks than a full one."""
        if self.machines and (most := self.usual(of)) is not None:
            self.left_out |= {m.name: words[of(m)] for m in self.machines if of(m) != most}
            self.machines = [m for m in self.machines if of(m) == most]

    def questions(self):
        """A label that answers another question than most were asked is taken out."""
        self.tips = {}
        every = Counter((tip, *m.asked[tip]) for m in self.machines for tip in m.asked if tip in m.labels)
        for (tip, asked, said), n in every.most_common():
            self.tips.setdefault(tip, (asked, said))
        self.tips = dict(sorted(self.tips.items()))
        for m in self.machines:
            other = [tip for tip in m.labels if m.asked.get(tip, ("",))[0] != self.tips.get(tip, ("",))[0]]
            for tip in other:
                del m.labels[tip]
            if m.facts.get("commit") != self.commit:
                m.notes.append(f"commit {str(m.facts.get('commit', 'unknown'))[:12]}" +
                               f"; {plural(len(other), 'saying')} left out, for it was asked otherwise" * bool(other))

    def look_at_clocks(self):
        """A run cannot be of before its fleet was submitted, nor of after now."""
        begin = seconds(self.what["submitted"]) if self.what else None
        now = datetime.now(timezone.utc).timestamp()
        for m in self.machines:
            at = seconds(m.facts.get("date"))
            off = None if at is None else at - now if at > now else at - begin if begin and at < begin else 0
            if off is None:
                m.notes.append("its date cannot be read")
            elif abs(off) > CLOCK_S:
                m.notes.append(f"its clock is {abs(off) / 3600:.1f} hours {'fast' if off > 0 else 'slow'}, or more")


def seconds(date):
    try:
        return datetime.strptime(date, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()
    except (TypeError, ValueError):
        return None


# --- on what it depends

def foretold(pairs):
    """[whether the others with the same value tell the label] for (value, label) of each machine: the one
    that most of them have, itself left out.  A value that nobody shares tells nothing."""
    of = {}
    for value, label in pairs:
        of.setdefault(value, Counter())[label] += 1
    told = []
    for value, label in pairs:
        others = of[value].copy()
        others[label] -= 1
        best = max(others.values())
        told.append(best > 0 and others[label] == best and list(others.values()).count(best) == 1)
    return told


def sign_test(better, worse):
    """How probable it is that chance makes one side win so often."""
    n = better + worse
    return sum(math.comb(n, k) for k in range(better, n + 1)) / 2 ** n if n else 1.0


@dataclass
class Saying:
    tip: str
    said: str
    counts: Counter           # of labels on machines whose control came out the same
    label: str = ""           # of all that could decide it, but for as many as may err; "" if they differ
    dissent: list = field(default_factory=list)  # machines that say otherwise than most
    by: list = field(default_factory=list)   # facts that go with it, the best ones; sure or not
    sure: bool = False
    right: float = 0          # so great a share of the machines is told by such a fact

    def differs(self):
        return bool(self.dissent) and not self.label


def look_at(fleet, tip):
    found = [(m, m.label(tip)) for m in fleet.trusted]
    s = Saying(tip, fleet.tips[tip][1], Counter(label for _, label in found if label))
    decided = [(m, label) for m, label in found if label in DECIDED]
    if not decided:
        return s
    most = Counter(label for _, label in decided).most_common(1)[0][0]
    s.dissent = [m for m, label in decided if label != most]
    if len(s.dissent) <= round(FALSE * len(decided)):
        s.label = most
    return s


def associate(s, fleet, tests):
    """The facts by which the label of a machine can be told better than by what most say; of so many tests
    none may find by chance what is not there."""
    decided = [(m, m.label(s.tip)) for m in fleet.trusted if m.label(s.tip) in DECIDED]
    most = Counter(label for _, label in decided).most_common(1)[0][0]
    without, scores = [label == most for _, label in decided], {}
    for name in FACTS:
        told = foretold([(m.fact(name), label) for m, label in decided])
        better, worse = (sum(a > b for a, b in zip(*two)) for two in ((told, without), (without, told)))
        if better > worse:
            scores[name] = sum(told), sign_test(better, worse)
    if not scores:
        return
    best = max(right for right, _ in scores.values())
    s.by = [name for name, (right, _) in scores.items() if right == best]
    s.right = best / len(decided)
    s.sure = max(scores[name][1] for name in s.by) < FALSE / tests


def sayings(fleet):
    found = [look_at(fleet, tip) for tip in fleet.tips]
    differ = [s for s in found if s.differs()]
    for s in differ:
        associate(s, fleet, len(FACTS) * len(differ))
    return found


def note_who_stands_alone(fleet, found):
    """In several sayings that are the same everywhere else: no chance, but no dependence of these sayings either."""
    often = Counter(m.name for s in found if s.label for m in s.dissent)
    for m in fleet.trusted:
        if often[m.name] >= ALONE:
            m.notes.append(f"alone in {often[m.name]} sayings")
            fleet.alone.append(m)


# --- the command

def table(fleet):
    """fleet.csv: a line for each cell."""
    yield "machine,tip,label,on,ratio,lo,hi,control\n"
    for m in fleet.machines:
        name, control = re.sub(r'[,"\r\n]', "_", m.name), "failed" if m.failed else "same"
        for tip, row in m.labels.items():
            numbers = ",".join("" if row[k] is None else f"{row[k]:.6g}" for k in ("ratio", "lo", "hi"))
            yield f"{name},{tip},{row['label']},{row['on'] or ''},{numbers},{control}\n"


def headline(found, n):
    """ "Of 68 sayings 55 are myths and 4 are true on all of 30 machines; 9 depend on the machine." """
    if not n:
        return f"On no machine did the control come out the same, so nothing is said of {plural(len(found), 'saying')}."
    same, differ = Counter(s.label for s in found if s.label), sum(s.differs() for s in found)
    forms = {"myth": ("is a myth", "are myths"), "true": ("is true", "are true"),
             "depends": ("depends on language or heap", "depend on language or heap")}
    parts = [f"{number(same[word])} {form[same[word] != 1]}" for word, form in forms.items() if same[word]] or ["none has the same label"]
    nearly = " or nearly all" * any(s.label and s.dissent for s in found)
    where = f"on all{nearly} of {plural(n, 'machine')}" if n != 1 else "on the one machine that counts"
    rest = len(found) - sum(same.values()) - differ
    return (f"Of {plural(len(found), 'saying')} {listing(parts)} {where}" + f"; {differ} depend{'s' * (differ == 1)} on the machine" * (n > 1)
            + f"; {rest} could not be decided" * bool(rest) + ".")


def replace(path, parts):
    """Whole, or as it was.  What is no UTF-8, as a folder may be called, becomes question marks."""
    new = path.with_name(f".{path.name}.new")
    try:
        with open(new, "w", encoding="utf-8", errors="replace") as f:
            f.writelines(parts)
        os.replace(new, path)
    except OSError as e:
        with contextlib.suppress(OSError):
            new.unlink()
        raise Trouble(f"cannot write {path}: {e.strerror}; mend that and collect again, for nothing else is lost") from None


def collect(folder):
    what = submit.open_fleet(folder) if (folder / "fleet.json").exists() else None
    if what and all(t.get("tips") for t in what["tasks"]):
        return shards.collect(folder, what)
    fleet = Fleet(folder, what)
    found = sayings(fleet)
    note_who_stands_alone(fleet, found)
    head = headline(found, len(fleet.trusted))
    replace(folder / "fleet.csv", table(fleet))
    replace(folder / "fleet.html", page.page(fleet, found, head))
    print(head)
    failed = [m.name for m in fleet.machines if m.failed]
    for words, names in (("grey, for the control failed, and without a voice", failed), ("left out", list(fleet.left_out)),
                         ("with a note", [m.name for m in fleet.machines if m.notes])):
        if names:
            print(f"  {number(len(names))} {words}: {', '.join(names[:6])}{f' and {len(names) - 6} more' * (len(names) > 6)}")
    print(f"{folder}/fleet.html")
    return 0
