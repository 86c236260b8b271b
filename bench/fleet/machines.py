# SPDX-License-Identifier: MIT
"""machines.py - what one machine found, read from its run.

Nothing is decided here: a label is the one in the run's labels.csv, a control failed if its verdicts.csv
says so."""

import contextlib
import hashlib
import io
import json
import os
from dataclasses import dataclass, field

from run import NULL, TABLES
from stored import Trouble, content, load, open_file, rows
from words import listing

NUMBERS, WORDS = TABLES["labels"]
TAIL = 4096  # bytes of a journal
FACTS = {"processor": "cpu", "cores": "cores", "kernel": "kernel", "being virtual": "hypervisor", "Go releases": "go",
         "system": "os", "compiler": "compiler", "margin": "margin"}
KIND = ("processor", "cores", "kernel", "being virtual", "Go releases")  # machines that share these are of one kind


@dataclass
class Machine:
    name: str
    facts: dict              # machine.json
    labels: dict             # {tip: its row of labels.csv, over all executors}
    failed: bool             # did C's control not come out the same?
    asked: dict              # {tip: what was asked, and said}
    digest: str              # of what was measured: two machines that are alike may well have the same labels
    notes: list = field(default_factory=list)  # a reader must know

    def fact(self, name):
        value = self.facts.get(FACTS[name], "")
        if name == "being virtual":
            return "virtual" if value else "not virtual"
        return f"{value:.0%}" if name == "margin" and isinstance(value, float) else str(value) or "unknown"

    def kind(self):
        return tuple(self.fact(name) for name in KIND)

    def label(self, tip):
        """ "" where the run says nothing of it. """
        row = self.labels.get(tip)
        return row["label"] if row and row["label"] != "-" else ""


def control_failed(run):
    """The languages in which the same program twice did not come out the same.  Of these the run itself has
    withheld all words about time."""
    first, *lines = content(run / "verdicts.csv").split(b"\n")
    names = first.decode(errors="replace").split(",")
    found = [dict(zip(names, line.decode(errors="replace").split(","))) for line in lines if line.startswith(NULL.encode() + b",")]
    if not found:
        raise Trouble("no control in its verdicts.csv, so its times may be anything")
    return [v.get("lang", "?") for v in found if v.get("verdict") != "holds"]


def question(tip):
    """What decides whether two runs were asked the same."""
    parts = [{k: c.get(k) for k in ("column", "bad", "good", "ratio")} for c in (*tip["claims"], *(tip.get("says") or []))]
    return json.dumps([tip.get("dial"), tip.get("points"), parts])


def digest(run):
    """Of the end of its journal, where times are: no two runs have the same."""
    with open_file(run / "samples.csv") as f:
        size = f.seek(0, os.SEEK_END)
        f.seek(max(size - TAIL, 0))
        return hashlib.sha256(f"{size}\n".encode() + f.read()).hexdigest()


class Asked:
    """The words of runs.  Those of one commit have the same bytes, which are read once."""

    def __init__(self):
        self.known = {}

    def of(self, path):
        data = content(path)
        key = hashlib.sha256(data).digest()
        if key not in self.known:
            self.known[key] = {t["name"]: (question(t), t.get("folklore") or t["title"]) for t in json.loads(data)["tips"]}
        return self.known[key]


def read(name, run, asked):
    """The Machine; Trouble says what is wrong with its run."""
    said = io.StringIO()
    open_file(run / "machine.json").close()  # whose it is and whether it is there is better said than that it cannot be read
    with contextlib.redirect_stderr(said):
        facts = {k: v for k, v in load(run / "machine.json", "measure again").items() if isinstance(v, (str, int, float))}
        table = rows(run / "labels.csv", NUMBERS, ("tip", "lang", "label"), **WORDS)
    labels = {r["tip"]: {k: r.get(k) for k in ("label", "on", "ratio", "lo", "hi")} for r in table if not r["lang"]}
    if not labels:
        raise Trouble("no labels in it: it is not complete, or from before sayings got labels")
    withheld = control_failed(run)
    machine = Machine(name, facts, labels, "c" in withheld, asked.of(run / "words.json"), digest(run))
    if withheld:
        machine.notes.append(f"its control failed in {listing(withheld)}")
    if said.getvalue():
        machine.notes.append(said.getvalue().strip().splitlines()[-1].partition("labels.csv")[2].removeprefix(": ") or "a file of it is damaged")
    return machine
