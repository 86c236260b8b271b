#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""flat.py - what the primitives cost while 10, 1,000, 100,000 and 1,000,000 tasks live.

    flat.py [--reps N] BINDIR CSV

A fresh process for every figure; the numbers of tasks take turns within a repetition, so
that what disturbs the machine for a while disturbs them all.  The ratio is that of the
medians, to the row's figure among the fewest tasks.
"""
import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[3] / "bench/python"))
import broken_pipe

ROWS = "spawn-join round-trip buffered-alone select-8-other timer-start-stop trip-deadline".split()
AMONG = [10, 1000, 100000, 1000000]
TIMEOUT_S = 60


def run(bindir, workers, among):
    """{row: ns} of one process."""
    command = [os.path.join(bindir, "twin"), str(workers), "--among", str(among), *ROWS]
    try:
        said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True,
                              timeout=TIMEOUT_S).stdout
    except (OSError, subprocess.SubprocessError) as e:
        sys.exit(f"twinbench: {' '.join(command)}: {e}; `make flat` builds it")
    return {name: float(ns) for name, ns in (line.split() for line in said.splitlines())}


def measure(bindir, reps):
    """{(row, workers, among): ns, the median}"""
    figures = {}
    for rep in range(reps):
        for k in range(len(AMONG)):
            among = AMONG[(k + rep) % len(AMONG)]
            for workers in (1, 2):
                for row, ns in run(bindir, workers, among).items():
                    figures.setdefault((row, workers, among), []).append(ns)
    return {key: statistics.median(values) for key, values in figures.items()}


def main():
    args = argparse.ArgumentParser(prog="flat.py", description=__doc__.split("\n", maxsplit=1)[0])
    args.add_argument("bindir", help="where twin is")
    args.add_argument("csv", help="the file to write")
    args.add_argument("--reps", type=int, default=5, help="repetitions (5)")
    given = args.parse_args()
    figures = measure(given.bindir, max(given.reps, 1))
    worst = 0.0
    print("ns an operation, while so many other tasks are parked; worst: of the first")
    print(f"{'':18} w" + "".join(f"{n:>10,}" for n in AMONG) + f"{'worst':>8}")
    with open(given.csv + ".new", "w", encoding="ascii") as out:
        out.write("row,workers,among,ns\n")
        for row in ROWS:
            for workers in (1, 2):
                line = [figures[row, workers, n] for n in AMONG]
                ratio = max(line) / line[0]
                worst = max(worst, ratio)
                print(f"{row:18} {workers}" + "".join(f"{ns:10.1f}" for ns in line)
                      + f"{ratio:7.2f}x")
                for n, ns in zip(AMONG, line):
                    out.write(f"{row},{workers},{n},{ns:.4g}\n")
    os.replace(given.csv + ".new", given.csv)
    print(f"\nthe steepest row: {worst:.2f}x")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
