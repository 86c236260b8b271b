#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""peers.py - the primitives of runtime/ beside those of Go, Boost.Fiber and threads.

    peers.py [--reps N] [--go go1.NN]... BINDIR CSV [ROW...]

A repetition runs every peer with every number of workers once, each in a fresh process,
and the peers take turns in going first: what disturbs the machine for a while disturbs all
of them.  Each Go is a peer.  The ratio twinbench / Go has an interval made of the repetitions' own ratios,
smallest and largest of seven (98.4 % for the median, whatever the distribution; with more
repetitions the outer ones go, as long as 95 % are kept).

Rows that measure memory need a process of their own, and the largest one is run three
times with one worker: a count hardly varies.
"""
import argparse
import collections
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[3] / "bench/python"))
import broken_pipe

ROWS = """
    yield spawn-join spawn-1000
    round-trip one-way buffered-alone buffered-1-1 buffered-4-4
    select-2-ready select-8-ready select-2-other select-8-other default-1 default-2 default-8
    timer-start-stop after-func-stop timer-reset timer-in-10000 trip-deadline
    ctx-cancel ctx-child ctx-timeout ctx-1000-children
    pool-alone pool-on-2 cleanup cleanup-open cleanup-loop-100
    pairs create-parked skynet parked-100000 parked-1000000 cache-line
""".split()
UNITS = {"parked-100000": "B", "parked-1000000": "B", "skynet": "ms"}
# What fills the memory is not to meet what other rows have left there.
OWN_PROCESS = ["create-parked", "skynet", "parked-100000", "parked-1000000"]
LARGEST, LARGEST_REPS = "parked-1000000", 3

OTHERS = ["boost", "pthread"]
TIMEOUT_S = 60


def turns(gos):
    """The processes of a repetition: (peer, workers).  Boost's fibers here have one thread."""
    both = [(peer, workers) for workers in (1, 2) for peer in ["twinbench", *gos]]
    return both + [("boost", 1), ("pthread", 1), ("pthread", 2)]


def run(bindir, peer, workers, rows):
    """What the peer says of these rows: {row: figure}."""
    program = os.path.join(bindir, "twin" if peer == "twinbench" else peer)
    try:
        done = subprocess.run([program, str(workers), *rows], stdout=subprocess.PIPE,
                              text=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        print(f"\ntwinbench: {peer} with {workers} workers took more than {TIMEOUT_S} s "
              f"for {' '.join(rows)}: left out", file=sys.stderr)
        return {}
    except OSError as e:
        sys.exit(f"twinbench: {program}: {e.strerror}; `make peers` builds it")
    if done.returncode:
        print(f"\ntwinbench: {peer} with {workers} workers ended with {done.returncode}: "
              "its last rows are missing", file=sys.stderr)
    return {name: float(figure) for name, figure in
            (line.split() for line in done.stdout.splitlines())}


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)


def portions(rows, rep, workers):
    """The rows of one repetition, as one list for each process."""
    together = [r for r in rows if r not in OWN_PROCESS]
    alone = [[r] for r in rows if r in OWN_PROCESS and
             (r != LARGEST or (rep < LARGEST_REPS and workers == 1))]
    return ([together] if together else []) + alone


def measure(bindir, rows, reps, gos):
    """{(row, workers, peer): {repetition: figure}}"""
    figures, runs = collections.defaultdict(dict), turns(gos)
    for rep in range(reps):
        for k in range(len(runs)):
            peer, workers = runs[(k + rep) % len(runs)]
            progress(f"{rep + 1} of {reps}: {peer}, {workers} ")
            for portion in portions(rows, rep, workers):
                for row, figure in run(bindir, peer, workers, portion).items():
                    figures[row, workers, peer][rep] = figure
    progress("")
    return figures


def ceiling(bindir, reps):
    """How many times the throughput of one process two have that share nothing but the
    machine: what a second processor is worth here."""
    program, gains = [os.path.join(bindir, "twin"), "1", "pairs"], []
    for rep in range(reps):
        progress(f"{rep + 1} of {reps}: two processes ")
        alone = run(bindir, "twinbench", 1, ["pairs"]).get("pairs")
        both = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        ns = [float(p.communicate()[0].split()[1]) for p in both]
        gains.append(sum(alone / x for x in ns))
    progress("")
    return statistics.median(gains)


def dropped(n):
    """How many outer values a 95 % interval for the median of n leaves out on each side."""
    below, k = 0.0, 0
    while k < n // 2:
        below += math.comb(n, k) / 2 ** n
        if 2 * below > 0.05:
            break
        k += 1
    return max(k - 1, 0)


def ratio(twin, go):
    """The ratio of the medians, and its interval from the paired repetitions."""
    pairs = sorted(twin[rep] / go[rep] for rep in twin.keys() & go.keys() if go[rep])
    if not pairs:
        return None
    k = dropped(len(pairs))
    return middle(twin) / middle(go), pairs[k], pairs[-1 - k]


def middle(values):
    return statistics.median(values.values()) if values else None


def short(x):
    """Three digits that count, in at most six columns."""
    if x is None:
        return ""
    if x >= 1e6:
        return f"{x / 1e6:.3g}M"
    if x >= 1e5:
        return f"{x / 1e3:.0f}k"
    return f"{x:.0f}" if x >= 100 else f"{x:.3g}"


def lines(figures, rows, gos):
    """(row, workers, {peer: figures}) for every line of the table that has any."""
    for row in rows:
        for workers in (1, 2):
            by_peer = {p: figures.get((row, workers, p), {}) for p in ["twinbench", *gos, *OTHERS]}
            if any(by_peer.values()):
                yield row, workers, by_peer


def beside(twin, go):
    """Go's median, and twinbench / Go with its interval, in 21 columns."""
    r = ratio(twin, go)
    return f"{short(middle(go)):>6} " + (f"{r[0]:4.2f} {r[1]:4.2f}-{r[2]:<4.2f}" if r else f"{'':14}")


def print_table(figures, rows, gos):
    print("medians; ns unless said; behind a Go's: twinbench / Go, its interval")
    print(f"{'':18}{'twin':>6}" + "".join(f"{go:>7}{'':14}" for go in gos) + f"{'boost':>6}{'pthrd':>7}")
    for row, workers, by in lines(figures, rows, gos):
        name = row + (f" {UNITS[row]}" if row in UNITS else "")
        print((f"{name:16}{workers:2}{short(middle(by['twinbench'])):>6}"
               + "".join(beside(by["twinbench"], by[go]) for go in gos)
               + "".join(f"{short(middle(by[p])):>7}" for p in OTHERS)).rstrip())


def compared(figures, rows, gos, go):
    """{"row workers": the ratio to that Go} of every time that both were measured in."""
    return {f"{row} {workers}": r[0] for row, workers, by in lines(figures, rows, gos)
            if row not in UNITS or UNITS[row] == "ms"
            if (r := ratio(by["twinbench"], by[go]))}


def print_summary(figures, rows, gos, most):
    for go in gos:
        ratios = compared(figures, rows, gos, go)
        above = [f"{name} ({r:.2f})" for name, r in ratios.items() if r > 0.5]
        print(f"\nabove half of {go} (row, workers), of {len(ratios)} compared: " + (", ".join(above) or "none"))
    one, two = (middle(figures.get(("pairs", w, "twinbench"), {})) for w in (1, 2))
    if one and two:
        print(f"independent pairs: {one / two:.2f} times the throughput with 2 workers; "
              f"two processes reach {most:.2f}")


def write_csv(path, figures, rows, gos):
    """Behind each Go's figure are the ends of the interval of twinbench / that Go."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".new", "w") as f:
        f.write(",".join(["row,workers,unit,twinbench", *(f"{go},{go}_lo,{go}_hi" for go in gos), *OTHERS]) + "\n")
        for row, workers, by in lines(figures, rows, gos):
            cells = [middle(by["twinbench"])]
            for go in gos:
                r = ratio(by["twinbench"], by[go])
                cells += [middle(by[go]), *(r[1:] if r else (None, None))]
            cells += [middle(by[p]) for p in OTHERS]
            f.write(",".join([row, str(workers), UNITS.get(row, "ns")] +
                             ["" if c is None else f"{c:.4g}" for c in cells]) + "\n")
    os.replace(path + ".new", path)


def main():
    args = argparse.ArgumentParser(prog="peers.py", description=__doc__.split("\n")[0])
    args.add_argument("bindir", help="where twin, the Gos, boost and pthread are")
    args.add_argument("csv", help="the file to write")
    args.add_argument("--reps", type=int, default=7, help="repetitions (7)")
    args.add_argument("--go", action="append", default=[], metavar="go1.NN", help="a Go to run beside; may be given again")
    args.add_argument("rows", nargs="*", metavar="ROW", help="only these rows")
    given = args.parse_args()
    unknown = [r for r in given.rows if r not in ROWS]
    if unknown or given.reps < 1:
        print(f"twinbench: peers: no row {unknown[0]}; there are: {' '.join(ROWS)}" if unknown
              else "twinbench: peers: --reps must be at least 1", file=sys.stderr)
        sys.exit(2)
    rows = [r for r in ROWS if r in given.rows] or ROWS
    figures = measure(given.bindir, rows, given.reps, given.go)
    if not any(lines(figures, rows, given.go)):
        sys.exit(f"twinbench: peers: nothing was measured; {given.csv} stays as it was")
    most = ceiling(given.bindir, given.reps) if "pairs" in rows else None
    print_table(figures, rows, given.go)
    print_summary(figures, rows, given.go, most)
    write_csv(given.csv, figures, rows, given.go)


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
