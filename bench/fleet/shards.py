# SPDX-License-Identifier: MIT
"""shards.py - one run on several machines of a kind: its tips are dealt out, and what was found of
them is put together.

    FOLDER/shards    a line for each task: its tips, as bench --tip takes them
    FOLDER/joined/   the run

A tip is one machine's, with all of its twins, blocks and Gos, so no ratio compares two machines.
Each shard decides as the whole run would (bench --part-of) and has a control of its own, by which
its own times were withheld or not.  So nothing is decided here: the rows of the shards are put into
one folder.  Of the controls the run has, in each language, the worst."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

from run import NULL
from stored import Trouble, content, load, rows
from words import listing, plural

TABLES = ("samples", "plan", "blocks", "times", "slopes", "curves", "verdicts", "labels", "aged")
# Two runs that differ in one of these are no parts of one.
SAME = {"commit": "commit", "modified": "changes to its commit", "cpu": "processor", "cores": "number of cores", "kernel": "kernel",
        "hypervisor": "being virtual", "compiler": "compiler", "flags": "flags", "go": "Go", "go_builds": "builds of Go",
        "go_environment": "environment of Go", "margin": "margin", "quick": "being quick"}
START_MS = 15  # of a process, beside what it measures
BATCHES = 5    # of a timed process, the warm-up included (bench/inside/drive.c)
WORST = ("holds", "unsure", "refuted")


# --- which tips go where

def costs(run):
    """{tip: milliseconds that it takes}, roughly, by the processes of a run: a timed one says how long a request
    took there, for the others the plan does.  Of no run, {}."""
    planned, found = {}, Counter()
    for r in rows(run / "plan.csv", ("bad_ns", "good_ns"), ("tip", "lang", "bad_ns", "good_ns")):
        planned |= {(r["tip"], r["lang"], twin): r[f"{twin}_ns"] or 0 for twin in ("bad", "good")}
    for r in rows(run / "samples.csv", ("ops", "rate", "wall_ns"), ("tip", "lang", "twin", "ops", "rate", "wall_ns")):
        ops = r["ops"] or 0
        each = BATCHES * r["wall_ns"] if r["wall_ns"] else planned.get((r["tip"], r["lang"], r["twin"]), 0)
        found[r["tip"]] += START_MS + (1e3 * ops / r["rate"] if r["rate"] else ops * each / 1e6)
    return found


def split(tips, k, cost):
    """The tips of k shards.  The dearest first, each to who has least so far; without costs by turns.  A tip
    that has none is as dear as the mean."""
    if k > len(tips):
        raise Trouble(f"--shard {k}: there {'is' if len(tips) == 1 else 'are'} only {plural(len(tips), 'tip')} to deal out")
    known = [cost[t] for t in tips if cost.get(t)]
    usual = sum(known) / len(known) if known else 1
    shards, load_of = [[] for _ in range(k)], [0] * k
    for tip in sorted(tips, key=lambda t: (-(cost.get(t) or usual), t)):
        least = load_of.index(min(load_of))
        shards[least].append(tip)
        load_of[least] += cost.get(tip) or usual
    return [sorted(s) for s in shards]


# --- one run of them

class Shard:
    def __init__(self, name, run, tips, whole):
        self.name, self.run, self.tips = name, run, tips
        self.facts = load(run / "machine.json", "that shard has to be measured again")
        if self.facts.get("tip") != ",".join(tips):
            raise Trouble(f"{run} is of other tips than {name} was to measure; it was not made by this fleet")
        if self.facts.get("part_of") != whole:
            raise Trouble(f"{run} was not measured as a part of {whole} (bench --part-of), so its intervals are those of a smaller run")

    def table(self, name):
        """(header, [fields]): its whole lines."""
        path = self.run / f"{name}.csv"
        if not path.exists():
            raise Trouble(f"{path} is missing: {self.name} is not complete; measure it again")
        first, *lines = content(path).split(b"\n")
        header = first.split(b",")
        return header, [fields for line in lines[:-1] if len(fields := line.split(b",")) == len(header)]

    def controls(self):
        """{language: how its control came out}"""
        header, lines = self.table("verdicts")
        lang, verdict = header.index(b"lang"), header.index(b"verdict")
        return {f[lang].decode(): f[verdict].decode() for f in lines if f[0] == NULL.encode() and f[verdict].decode() in WORST}


def need_alike(shards):
    first = shards[0]
    for other in shards[1:]:
        for fact, words in SAME.items():
            a, b = first.facts.get(fact), other.facts.get(fact)
            if a != b:
                raise Trouble(f"{first.name} and {other.name} are no parts of one run: the {words} is {json.dumps(a)} there and {json.dumps(b)} here; "
                              "nothing was joined (sinfo shows the machines; choose like ones with --partition)")
        if (first.run / "words.json").read_bytes() != (other.run / "words.json").read_bytes():
            raise Trouble(f"{first.name} and {other.name} are no parts of one run: they have asked different things (words.json)")


def worst_controls(shards):
    """({language: the shard whose control the run has}, {language: shards in which it failed})"""
    of, failed = {}, {}
    for shard in shards:
        for lang, verdict in shard.controls().items():
            if verdict != "holds":
                failed.setdefault(lang, []).append(shard.name)
            if lang not in of or WORST.index(verdict) > WORST.index(of[lang][1]):
                of[lang] = shard, verdict
    return {lang: shard for lang, (shard, _) in of.items()}, failed


def joined_table(name, shards, control):
    """The lines of all, a tip after the other."""
    headers, found = [], []
    for shard in shards:
        header, lines = shard.table(name)
        headers.append(header)
        lang, own = header.index(b"lang"), {t.encode() for t in shard.tips}
        for fields in lines:
            if fields[0] == NULL.encode():
                if control.get(fields[lang].decode()) is shard:
                    found.append(fields)
            elif fields[0] in own:
                found.append(fields)
            else:
                raise Trouble(f"{shard.run}/{name}.csv has rows of {fields[0].decode(errors='replace')[:60]}, which is another shard's")
    if any(h != headers[0] for h in headers):
        raise Trouble(f"the {name}.csv of {shards[0].name} has other columns than those of the others")
    place = {tip.encode(): n for n, tip in enumerate([NULL, *sorted(t for s in shards for t in s.tips)])}
    found.sort(key=lambda fields: place[fields[0]])  # stable: each tip's rows stay as they were
    return b"".join(b",".join(fields) + b"\n" for fields in [headers[0], *found])


def joined_prices(shards):
    """The prices of each name are one shard's."""
    whole, seen = None, set()
    for shard in shards:
        prices = load(shard.run / "gbench.json")
        new = [b for b in prices.get("benchmarks", []) if b.get("name") not in seen]
        seen |= {b.get("name") for b in new}
        if whole:
            whole["benchmarks"] += new
        else:
            whole = prices
    return whole


def joined_facts(shards, whole):
    facts = {k: v for k, v in shards[0].facts.items() if k != "part_of"} | {"tip": whole, "shards": len(shards)}
    for fact, of in (("date", min), ("load1", max)):
        facts[fact] = of(s.facts.get(fact, facts.get(fact)) for s in shards)
    return (json.dumps(facts, indent=1) + "\n").encode()


def write_joined(new, shards, control, whole):
    new.mkdir()
    for name in TABLES:
        (new / f"{name}.csv").write_bytes(joined_table(name, shards, control))
    for name in ("machine.json", "run.json"):
        (new / name).write_bytes(joined_facts(shards, whole))
    if prices := joined_prices(shards):
        (new / "gbench.json").write_text(json.dumps(prices, indent=1) + "\n")
    shutil.copyfile(shards[0].run / "words.json", new / "words.json")
    for shard in shards:
        if (shard.run / "dumps").is_dir():
            shutil.copytree(shard.run / "dumps", new / "dumps", dirs_exist_ok=True)


def join(folder, found, whole):
    """[(name, its run, its tips)] into FOLDER/joined, which is there whole or as it was.  (the run, controls that
    failed)"""
    shards = [Shard(*one, whole or "all") for one in found]
    need_alike(shards)
    control, failed = worst_controls(shards)
    new, run = folder / ".joined.new", folder / "joined"
    shutil.rmtree(new, ignore_errors=True)
    try:
        write_joined(new, shards, control, whole)
    except BaseException as e:
        shutil.rmtree(new, ignore_errors=True)  # on a full disk half a run is in the way
        if not isinstance(e, OSError):
            raise
        why = e.args[0][0][2] if isinstance(e, shutil.Error) else e.strerror
        raise Trouble(f"{run} cannot be written: {why}; the shards are as they were, and the same command joins them") from None
    shutil.rmtree(run, ignore_errors=True)
    os.rename(new, run)
    return run, failed


def collect(folder, what):
    """FOLDER/joined, of all shards or not at all."""
    found = [(t["name"], (folder / "runs" / t["name"] / "done"), t["tips"]) for t in what["tasks"]]
    missing = [name for name, done, _ in found if not done.exists()]
    if missing:
        more = f" and {len(missing) - 6} more" * (len(missing) > 6)
        raise Trouble(f"{len(missing)} of {plural(len(found), 'shard')} {'is' if len(missing) == 1 else 'are'} not complete ({', '.join(missing[:6])}{more}), "
                      f"so nothing was joined: twinbench fleet status {folder} tells more")
    run, failed = join(folder, [(name, done.resolve(), tips) for name, done, tips in found], what["tip"])
    print(f"{plural(sum(len(tips) for *_, tips in found), 'tip')} of {plural(len(found), 'shard')}, one run: {run}")
    for lang, names in failed.items():
        print(f"  the control in {lang} failed in {listing(names)}: the times of their tips in it are withheld")
    print(f"  twinbench report {run} draws it")
    return 0
