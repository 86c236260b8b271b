#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""simulate.py RUN... --into FOLDER --machines N - a fleet that nobody has measured, made of real runs.

Each machine gets the files of one of the runs but for its journal, of which only the end is looked at, with facts of its own, ratios that are a little off,
and now and then an undecided label.  Some sayings are made to depend on the processor, one on the
kernel, one on nothing that is known.  Some machines are in trouble: which ones and how many is
returned, and is all that a test needs to know."""

import argparse
import csv
import io
import json
import math
import random
import shutil
from pathlib import Path

FILES = ("machine.json", "labels.csv", "verdicts.csv", "words.json")
PROCESSORS = [  # with their cores, kernels, and whether they are virtual
    ("AMD EPYC 7763 64-Core Processor", 64, "6.1.0-28-amd64", False), ("AMD EPYC 7B13", 8, "6.12.9-cloud-amd64", True),
    ("Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", 32, "6.1.0-28-amd64", False), ("Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz", 4, "6.12.9-cloud-amd64", True),
    ("Intel(R) Core(TM) i7-1355U", 12, "6.12.48-1-amd64", False), ("Neoverse-V2", 16, "6.12.9-cloud-arm64", True)]
FLIPPED = {"true": "myth", "myth": "true", "depends": "myth", "undecided": "undecided", "-": "-"}
# Of each trouble so large a share of the machines has it, but at least one of 100.
TROUBLES = {"control": 0.02, "missing": 0.01, "torn": 0.01, "no json": 0.005, "quick": 0.003, "commit": 0.004, "copy": 0.002, "clock": 0.005,
            "contradicts": 0.005}


def read(path):
    return list(csv.DictReader(path.open(newline="")))


def text_of(rows):
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def jitter(rows, rng, flips, noise):
    """Labels of another machine: times a few percent off, some undecided, those of `flips` the other way round."""
    for r in rows:
        for k in ("ratio", "lo", "hi"):
            if r[k]:
                r[k] = f"{float(r[k]) * math.exp(rng.gauss(0, 0.06)):.5g}"
        if r["tip"] in flips and not r["lang"]:
            r["label"] = FLIPPED[r["label"]]
        elif rng.random() < noise:
            r["label"] = "undecided"
    return rows


def in_trouble(n, rng):
    """{trouble: numbers of the machines}, no machine in two."""
    free = rng.sample(range(n), n)
    return {what: sorted(free.pop() for _ in range(round(share * n) or (n >= 100))) for what, share in TROUBLES.items()}


def spoil(what, folder, rng):
    """What is done to a run that was whole."""
    machine, labels, verdicts = (folder / f for f in FILES[:3])
    if what == "missing":
        labels.unlink()
    elif what == "torn":
        data = labels.read_bytes()
        labels.write_bytes(data[:rng.randrange(len(data) // 2, len(data) - 40)])
    elif what == "no json":
        machine.write_bytes(machine.read_bytes()[:200])
    elif what == "control":
        lines = verdicts.read_text().split("\n")
        verdicts.write_text("\n".join(l.replace(",holds,holds,c,", ",unsure,holds,c,") if l.startswith("null,") else l for l in lines))
    else:
        facts = json.loads(machine.read_text())
        facts |= {"quick": {"quick": not facts["quick"]}, "commit": {"commit": "c0ffee" + facts["commit"][6:]},
                  "clock": {"date": "2031" + facts["date"][4:]}}[what]
        machine.write_text(json.dumps(facts, indent=1))
    if what == "commit":  # which asks something else of one tip
        words = json.loads((folder / "words.json").read_text())
        words["tips"][0]["points"] = [1, 2, 3]
        (folder / "words.json").write_text(json.dumps(words))


def make(into, runs, n, seed=1):
    """{trouble: names of machines}, and under "processor", "kernel" and "nothing" the tips that depend on these."""
    rng = random.Random(seed)
    base = [{"facts": json.loads((r / "machine.json").read_text()), "labels": read(r / "labels.csv"), "folder": r} for r in runs]
    common = sorted(set.intersection(*({r["tip"] for r in b["labels"] if not r["lang"] and r["label"] in ("true", "myth")} for b in base)))
    chosen = rng.sample(common, min(4, len(common)))
    told = {"processor": chosen[:2], "kernel": chosen[2:3], "nothing": chosen[3:4]}
    troubles = in_trouble(n, rng)
    name = f"n{{:0{len(str(n))}}}".format
    for i in range(n):
        b, (cpu, cores, kernel, virtual) = base[i % len(base)], PROCESSORS[i * len(PROCESSORS) // n]
        kernel = rng.choice((kernel, "6.6.87"))
        flips = {*(told["processor"] if "Intel" in cpu else ()), *(told["kernel"] if kernel == "6.6.87" else ()),
                 *(told["nothing"] if rng.random() < 0.3 else ())}
        if i in troubles["contradicts"]:
            flips |= set(rng.sample(common, min(10, len(common))))
        folder = into / name(i + 1)
        folder.mkdir(parents=True)
        for file in FILES[2:]:
            shutil.copyfile(b["folder"] / file, folder / file)
        facts = b["facts"] | {"cpu": cpu, "cores": cores, "kernel": kernel, "hypervisor": virtual, "arch": "aarch64" if "Neo" in cpu else "x86_64"}
        (folder / "machine.json").write_text(json.dumps(facts, indent=1))
        (folder / "samples.csv").write_text(f"tip\n{rng.random()}\n")
        (folder / "labels.csv").write_text(text_of(jitter([dict(r) for r in b["labels"]], rng, flips, 0.02)))
    for what, numbers in troubles.items():
        for i in numbers:
            if what == "copy":
                other = into / name((i + 1) % n + 1)
                shutil.rmtree(into / name(i + 1))
                shutil.copytree(other, into / name(i + 1))
            elif what != "contradicts":
                spoil(what, into / name(i + 1), rng)
    return told | {what: [name(i + 1) for i in numbers] for what, numbers in troubles.items()}


def main():
    args = argparse.ArgumentParser(description="A fleet that nobody has measured, made of real runs.")
    args.add_argument("run", nargs="+", type=Path)
    args.add_argument("--into", type=Path, required=True)
    args.add_argument("--machines", type=int, required=True)
    asked = args.parse_args()
    print(json.dumps(make(asked.into, asked.run, asked.machines), indent=1))


if __name__ == "__main__":
    main()
