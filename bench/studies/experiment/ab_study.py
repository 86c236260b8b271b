#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ab_study.py TWINBENCH EXPERIMENT PAIR FOLDER - `twinbench ab` beside what people use.

Each of its uses is asked about pairs of equals, in which A and B are the very same, and about pairs in
which B takes longer by a known amount; and so is the tool that people use for that: hyperfine for
commands and for commits, compare.py for Google Benchmark, benchstat for Go.  Each trial is a row in
FOLDER/uses.csv, written when it ends; what is there is not run again."""

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
sys.path.append(str(Path(__file__).resolve().parents[3] / "bench/python"))
import broken_pipe
import rivals
from experiment import busy_processes, carry_out, cut_torn_line, rows_of

EFFECTS = (0, 5, 10, 20, 50)
FIELDS = ("busy", "run", "effect", "use", "tool", "first", "words", "ratio", "seconds", "load")
MARGIN = 5  # of ab
DIFFERENT = ("slower", "faster", "more", "less", "differs")
HERE = Path(__file__).resolve().parent


# --- a pair of each use, and who is asked about it ---


def commands(args, effect):
    command = f"{args.experiment} one experiment/plus-{effect or 10} {{}} --ops 8000"
    return [command.format("good"), command.format("bad" if effect else "good")]


def google(_, effect):
    return ["BM_Plus0", f"BM_Plus{effect}"]


def go(_, effect):
    return ["BenchmarkPlus0", f"BenchmarkPlus{effect}"]


def commits(_, effect):
    return ["plus-0", f"plus-{effect}" if effect else "plus-0-again"]


def repository(folder):
    """One with a commit of pair.c for each effect, and one that changes nothing."""
    def git(*words):
        subprocess.run(["git", "-c", "user.name=study", "-c", "user.email=study@localhost", *words], cwd=folder, check=True,
                       capture_output=True, text=True)

    folder.mkdir()
    git("init", "--quiet")
    for effect in EFFECTS:
        (folder / "pair.c").write_text(f"#define PERCENT {effect}\n" + (HERE / "pair.c").read_text())
        git("add", "pair.c")
        git("commit", "--quiet", "--message", f"plus {effect} %")
        git("tag", f"plus-{effect}")
        if not effect:
            git("commit", "--quiet", "--allow-empty", "--message", "nothing else")
            git("tag", "plus-0-again")
    return folder


BUILD = "cc -O2 -o pair pair.c"
HOW = {commands: lambda args, pair: pair,
       google: lambda args, pair: [*pair, "--gbench", args.pair, "--benchtime-ms", "5"],
       go: lambda args, pair: [*pair, "--go", HERE / "pair", "--benchtime-ms", "5"],
       commits: lambda args, pair: ["--git", "..".join(pair), "--build", BUILD]}


def ab(args, use, pair, folder):
    """The words for all measures, that for the first one first, and its ratio."""
    found = folder / "ab.json"
    command = [args.twinbench, "ab", *HOW[use](args, pair), "--budget", args.budget, "--export", found,
               *(["--runs", args.most] if args.most else []), *(["--", "./pair"] if use is commits else [])]
    status = subprocess.run(command, cwd=repository(folder / "repository") if use is commits else None,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if status.returncode and "are needed" not in status.stderr:  # there is no time for a word
        raise subprocess.CalledProcessError(status.returncode, command, None, status.stderr)
    measures = json.loads(found.read_text())["pairs"][0]["measures"] if found.exists() else [{"word": "undecided"}]
    return " ".join(m["word"] for m in measures), measures[0].get("b_against_a", {}).get("ratio") or 0


def built(commit, folder, repository):
    """The program of a commit."""
    subprocess.run(["git", "clone", "--quiet", "--branch", commit, repository, folder / commit], check=True, capture_output=True, text=True)
    subprocess.run(BUILD, shell=True, cwd=folder / commit, check=True, capture_output=True, text=True)
    return folder / commit / "pair"


def hyperfine(args, use, pair, folder):
    if use is commits:
        at = repository(folder / "repository")
        pair = [str(built(commit, folder, at)) for commit in pair]
    return rivals.hyperfine(*pair, folder)


def compare_py(args, _, pair, folder):
    a, b = (rivals.repetitions([args.pair], f"^{case}$", folder / f"{side}.json") for side, case in zip("ab", pair))
    return rivals.compare_py(a, pair[0], b, pair[1], folder)


def benchstat(args, _, pair, folder):
    binary = folder / "pair.test"
    subprocess.run(["go", "test", "-c", "-o", binary, "."], cwd=HERE / "pair", check=True, capture_output=True, text=True)
    return rivals.benchstat(binary, *pair)


TOOLS = {commands: (ab, hyperfine), google: (ab, compare_py), go: (ab, benchstat), commits: (ab, hyperfine)}
NAMES = sorted({tool.__name__ for tools in TOOLS.values() for tool in tools})


def trial(args, use, tool, effect):
    """The word for the first measure, all words, the ratio, how long it took, and under which load."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        words, ratio = tool(args, use, use(args, effect), Path(folder))
        return words.split()[0], words, f"{ratio:.4f}", f"{time.monotonic() - start:.2f}", f"{os.getloadavg()[0]:.1f}"


def todo(args, done):
    have = {(int(r["busy"]), int(r["run"]), int(r["effect"]), r["use"], r["tool"]) for r in done}
    every = [(args.busy, run, effect, use, tool) for run in range(args.runs) for effect in args.effects
             for use in TOOLS for tool in TOOLS[use] if tool.__name__ in args.tools]
    return [t for t in every if (*t[:3], t[3].__name__, t[4].__name__) not in have]


def run_all(args, path):
    cut_torn_line(path)
    jobs = todo(args, rows_of(path))
    with open(path, "a", newline="") as f, busy_processes(args.busy):
        out = csv.writer(f, lineterminator="\n")
        if f.tell() == 0:
            out.writerow(FIELDS)
        start = time.monotonic()
        for n, (busy, run, effect, use, tool) in enumerate(jobs, 1):
            out.writerow((busy, run, effect, use.__name__, tool.__name__, *trial(args, use, tool, effect)))
            f.flush()
            if n == len(jobs) or jobs[n][1] != run:
                left = (time.monotonic() - start) / n * (len(jobs) - n) / 60
                print(f"run {run} of {args.runs}; about {left:.0f} minutes left", flush=True)


def line(rows, busy, use, tool, effect):
    """Of a pair of equals a word of a difference about any measure is false; of another, a wrong one about the first, and
    what is neither that nor right is a miss.  By `same` a rival says that it found no difference, and ab that there is
    none."""
    load, took = (sum(float(r[c]) for r in rows) / len(rows) for c in ("load", "seconds"))
    said = {w: sum(r["first"] == w for r in rows) for w in ("slower", "same", "faster", "undecided")}
    lies = ("faster", "same") if tool == "ab" and effect > MARGIN else ("faster",)
    false = sum(said[w] for w in lies) if effect else sum(any(w in DIFFERENT for w in r["words"].split()) for r in rows)
    missed = len(rows) - said["slower"] - false if effect else "-"
    return (f"| {busy} | {load:.0f} | {use} | {tool} | {len(rows)} of +{effect} % | {false} | {missed} | "
            + " | ".join(map(str, said.values())) + f" | {took:.1f} |")


def table(rows):
    """A line for each pair, use and tool."""
    lines = ["| busy | load | use | tool | pairs | a false word in | missed | slower | same | faster | undecided | s a trial |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for busy in sorted({int(r["busy"]) for r in rows}):
        for use in TOOLS:
            for tool in TOOLS[use]:
                for effect in EFFECTS:
                    key = str(busy), use.__name__, tool.__name__, str(effect)
                    mine = [r for r in rows if (r["busy"], r["use"], r["tool"], r["effect"]) == key]
                    if mine:
                        lines.append(line(mine, *key[:3], effect))
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("twinbench", type=Path)
    parser.add_argument("experiment", type=Path)
    parser.add_argument("pair", type=Path, help="pair.cc, built")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=200, help="trials of each pair by each tool")
    parser.add_argument("--busy", type=int, default=0, help="so many busy processes beside it")
    parser.add_argument("--effects", type=int, nargs="+", default=EFFECTS, choices=EFFECTS, help="of which pairs")
    parser.add_argument("--tools", nargs="+", default=NAMES, choices=NAMES, help="which of them are asked")
    parser.add_argument("--budget", default="60s", help="of each trial of ab")
    parser.add_argument("--most", help="runs in a trial; 96, the least, make more trials in the same time")
    args = parser.parse_args()
    args.twinbench, args.experiment, args.pair = (p.resolve() for p in (args.twinbench, args.experiment, args.pair))
    path = args.folder / "uses.csv"
    return carry_out(lambda: run_all(args, path), path, table, args.folder / "uses.md")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    sys.exit(main())
