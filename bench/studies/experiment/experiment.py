#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""experiment.py PROGRAM FOLDER - what three tools say of slow-downs of known size.

Each run of each tool is a row in FOLDER/runs.csv, written when it ends; what is there is
not run again, so the experiment goes on where it was stopped.  The tools take turns, so
that what happens to the machine happens to all of them."""

import argparse
import contextlib
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[3] / "bench/python"))
import broken_pipe
import rivals

EFFECTS = (0, 10, 20, 50)
CONDITIONS = ("idle", "load")
FIELDS = ("condition", "run", "effect", "tool", "said", "ratio", "seconds")


def twinbench(program, tip, folder):
    said, ratio, *_ = rivals.output([program, "pair", tip, folder / "pair"]).split()
    return said, float(ratio)


def compare_py(program, tip, folder):
    measured = rivals.repetitions([program, "gbench"], f"^{tip}/", folder / "gbench.json")
    return rivals.compare_py(measured, f"{tip}/good", measured, f"{tip}/bad", folder)


def hyperfine(program, tip, folder):
    command = f"{program} one {tip} {{}} --ops 20000"
    return rivals.hyperfine(command.format("good"), command.format("bad"), folder)


TOOLS = (twinbench, compare_py, hyperfine)


@contextlib.contextmanager
def busy_processes(n):
    """So many of them beside what runs here; they go when this process goes."""
    busy = ["setpriv", "--pdeathsig", "KILL", "sh", "-c", "while :; do :; done"]
    started = [subprocess.Popen(busy) for _ in range(n)]
    try:
        yield
    finally:
        for p in started:
            p.kill()
            p.wait()


def rows_of(path):
    """The rows so far; a torn last line is not one."""
    if not path.exists():
        return []
    with open(path, newline="") as f:
        return [r for r in csv.DictReader(f) if None not in r and None not in r.values()]


def cut_torn_line(path):
    """Or the next row would be glued to it."""
    if path.exists():
        text = path.read_bytes()
        path.write_bytes(text[:text.rfind(b"\n") + 1])


def todo(runs, done):
    have = {(r["condition"], int(r["run"]), int(r["effect"]), r["tool"]) for r in done}
    every = [(c, run, effect, tool) for c in CONDITIONS for run in range(runs) for effect in EFFECTS for tool in TOOLS]
    return [t for t in every if (*t[:3], t[3].__name__) not in have]


def measure(program, tool, effect):
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        said, ratio = tool(program, f"experiment/plus-{effect}", Path(folder))
        return said, f"{ratio:.4f}", f"{time.monotonic() - start:.2f}"


BEGUN = {}


def tell(condition, run, effect, done, left):
    """How far it is: after every round, or on a terminal after every measurement."""
    begun = BEGUN.setdefault(condition, time.monotonic())
    minutes = (time.monotonic() - begun) / max(done - 1, 1) * left / 60
    words = f"{condition}: run {run}, {effect} %; about {minutes:.0f} minutes left of this condition"
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="" if left else "\n", file=sys.stderr)
    elif done % (len(EFFECTS) * len(TOOLS)) == 0:
        print(words, flush=True)


def run_all(program, path, jobs):
    cut_torn_line(path)
    with open(path, "a", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        if f.tell() == 0:
            out.writerow(FIELDS)
        for condition in CONDITIONS:
            mine = [j for j in jobs if j[0] == condition]
            with busy_processes(os.cpu_count() if mine and condition == "load" else 0):
                for left, (_, run, effect, tool) in zip(range(len(mine), 0, -1), mine):
                    out.writerow((condition, run, effect, tool.__name__, *measure(program, tool, effect)))
                    f.flush()
                    tell(condition, run, effect, len(mine) - left + 1, left - 1)


def percent(rows, *said):
    return f"{100 * sum(r['said'] in said for r in rows) / len(rows):.0f} %" if rows else "-"


def table(rows):
    """For each condition, tool and effect: what was said, in % of the runs."""
    lines = ["| | tool | true effect | slower | same | faster | unsure | n | s a run |", "|---|---|---|---|---|---|---|---|---|"]
    for condition in CONDITIONS:
        for tool in TOOLS:
            for effect in EFFECTS:
                mine = [r for r in rows if (r["condition"], r["tool"], int(r["effect"])) == (condition, tool.__name__, effect)]
                took = sum(float(r["seconds"]) for r in mine) / max(len(mine), 1)
                lines.append(f"| {condition} | {tool.__name__} | {effect} % | " + " | ".join(
                    percent(mine, s) for s in ("slower", "same", "faster", "unsure")) + f" | {len(mine)} | {took:.1f} |")
    return "\n".join(lines) + "\n"


def carry_out(measure, path, table, page):
    """Add rows to `path` by measure(), then print and keep the table of all that are there.  The exit status."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        measure()
    except KeyboardInterrupt:
        print("\ntwinbench: interrupted; the same command goes on", file=sys.stderr)
        return 130
    except (OSError, subprocess.CalledProcessError) as e:
        print(f"twinbench: the study stopped: {e} {getattr(e, 'stderr', None) or ''}; the same command goes on", file=sys.stderr)
        return 1
    rows = rows_of(path)
    if not rows:
        print(f"twinbench: nothing was measured: there is no row in {path}", file=sys.stderr)
        return 1
    page.write_text(table(rows))
    print(table(rows), end="")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=100, help="of each tool, effect and condition")
    args = parser.parse_args()
    path = args.folder / "runs.csv"
    return carry_out(lambda: run_all(args.program.resolve(), path, todo(args.runs, rows_of(path))), path, table,
                     args.folder / "table.md")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    sys.exit(main())
