#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ab_study.py TWINBENCH EXPERIMENT PAIR FOLDER - how often `twinbench ab` says something false.

Each of its uses - commands, Go benchmarks, Google Benchmark - is asked about pairs of equals, in which
A and B are the same program, and about pairs in which B takes 10 % longer.  Each trial is a row in
FOLDER/ab.csv, written when it ends; what is there is not run again."""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[3] / "plots"))
import broken_pipe
from experiment import busy_processes, carry_out, cut_torn_line, rows_of

EFFECTS = (0, 10)
FIELDS = ("busy", "run", "effect", "use", "first", "words", "ratio", "seconds", "load")
WORDS = ("slower", "faster", "more", "less", "differs", "same", "equal", "undecided")
DIFFERENT = WORDS[:5]


def commands(args, effect):
    command = "{} one experiment/plus-10 {} --ops 8000"
    return [command.format(args.experiment, "good"), command.format(args.experiment, "bad" if effect else "good")]


def google(args, effect):
    return ["--gbench", args.pair, "BM_Plus0", f"BM_Plus{effect}", "--benchtime-ms", "5"]


def go(_, effect):
    package = Path(__file__).resolve().parent / "pair"
    return ["--go", package, "BenchmarkPlus0", f"BenchmarkPlus{effect}", "--benchtime-ms", "5"]


USES = (commands, google, go)


def trial(args, use, effect):
    """The word for the first measure, all words, the ratio, how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        start, found = time.monotonic(), Path(folder) / "ab.json"
        command = [args.twinbench, "ab", *use(args, effect), "--budget", args.budget, "--export", found,
                   *(["--runs", args.most] if args.most else [])]
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if status.returncode and "are needed" not in status.stderr:  # there is no time for a word
            raise subprocess.CalledProcessError(status.returncode, command, None, status.stderr)
        measures = json.loads(found.read_text())["pairs"][0]["measures"] if found.exists() else [{"word": "undecided"}]
        ratio = measures[0].get("b_against_a", {}).get("ratio") or 0
        return (measures[0]["word"], " ".join(m["word"] for m in measures), f"{ratio:.4f}",
                f"{time.monotonic() - start:.2f}", f"{os.getloadavg()[0]:.1f}")


def todo(args, done):
    have = {(int(r["busy"]), int(r["run"]), int(r["effect"]), r["use"]) for r in done}
    every = [(args.busy, run, effect, use) for run in range(args.runs) for effect in args.effects for use in USES]
    return [t for t in every if (*t[:3], t[3].__name__) not in have]


def run_all(args, path):
    cut_torn_line(path)
    jobs = todo(args, rows_of(path))
    with open(path, "a", newline="") as f, busy_processes(args.busy):
        out = csv.writer(f, lineterminator="\n")
        if f.tell() == 0:
            out.writerow(FIELDS)
        start = time.monotonic()
        for n, (busy, run, effect, use) in enumerate(jobs, 1):
            out.writerow((busy, run, effect, use.__name__, *trial(args, use, effect)))
            f.flush()
            if n % (len(USES) * len(args.effects)) == 0:
                left = (time.monotonic() - start) / n * (len(jobs) - n) / 60
                print(f"run {run} of {args.runs}; about {left:.0f} minutes left", flush=True)


def counts(rows):
    """How often each word was said of the first measure."""
    return " | ".join(str(sum(r["first"] == w for r in rows)) for w in ("slower", "same", "faster", "undecided"))


def table(rows):
    """A line for each use: pairs of equals with a false word about any measure, and what was said of the
    first measure of both kinds of pair."""
    lines = ["| busy | load | use | pairs | a false word in | slower | same | faster | undecided | s a trial |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for busy in sorted({int(r["busy"]) for r in rows}):
        for use in USES:
            for effect in EFFECTS:
                mine = [r for r in rows if (int(r["busy"]), r["use"], int(r["effect"])) == (busy, use.__name__, effect)]
                if not mine:
                    continue
                load, took = (sum(float(r[c]) for r in mine) / len(mine) for c in ("load", "seconds"))
                false = sum(any(w in DIFFERENT for w in r["words"].split()) for r in mine) if effect == 0 else \
                    sum(r["first"] in ("faster", "same") for r in mine)
                lines.append(f"| {busy} | {load:.0f} | {use.__name__} | {len(mine)} of +{effect} % | {false} | "
                             f"{counts(mine)} | {took:.1f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("twinbench", type=Path)
    parser.add_argument("experiment", type=Path)
    parser.add_argument("pair", type=Path, help="pair.cc, built")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=200, help="trials of each kind of pair, of each use")
    parser.add_argument("--busy", type=int, default=0, help="so many busy processes beside it")
    parser.add_argument("--effects", type=int, nargs="+", default=EFFECTS, choices=EFFECTS, help="of which pairs")
    parser.add_argument("--budget", default="60s", help="of each trial")
    parser.add_argument("--most", help="runs in a trial; 96, the least, make more trials in the same time")
    args = parser.parse_args()
    args.twinbench, args.experiment, args.pair = (p.resolve() for p in (args.twinbench, args.experiment, args.pair))
    path = args.folder / "ab.csv"
    return carry_out(lambda: run_all(args, path), path, table, args.folder / "ab.md")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    sys.exit(main())
