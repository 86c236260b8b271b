#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""detect.py - which tool would have told of each tip's mistake: every tool that is here, run on both twins.

    detect.py FOLDER CSV --words tips.json --flags '-O2 ...' [--tip TIP] [--tool NAME] [--kept] [--readme] [--go NAME=VERSION=GO]...

FOLDER holds what detectors.mk has built: look, asan/look, tsan/look, and for each Go its programs.
--words is what `twinbench list --json` says.  A Go is "go1.24=1.24.4=env ... /usr/lib/go-1.24/bin/go".
What each process said is kept in FOLDER/said."""

import argparse
import csv
import json
import os
import platform
import re
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[3] / "bench/python"))

import broken_pipe
import judge
import pages
import table
import tools
from judge import Said
from report.detectors import digest  # table has found plots/
from tools import RUNS, TOOLS

COLUMNS = ("tip", "tool", "executor", "version", "mistake", "result", "bad", "good", "place", "says", "command", "digest")
TWINS = ("bad", "good")
AS_MIB, DATA_MIB, OUTPUT_MIB = 4096, 2048, 64
PATIENCE_S = 300  # on the wall's clock: the machine may have others to serve


def say(text):
    print(f"twinbench: {text}", file=sys.stderr)


@dataclass
class Done:
    text: str
    status: int  # negative: a signal
    late: bool


class Executor:
    """C, or a Go: what the commands in tools.py ask for."""

    def __init__(self, args, name="c", version="", go=()):
        self.name, self.version, self.go, self.lang = name, version, list(go), "go" if go else "c"
        self.folder, self.machine = args.folder.resolve(), platform.machine()
        self.go_folder = self.folder / name
        self.base = shlex.split(args.flags)

    def flags(self, tip, twin):
        return [*self.base, f"-DTHIS={re.sub(r'[/-]', '_', tip)}_{twin}"]

    def scratch(self, tip, twin, suffix):
        path = self.folder / "scratch" / f"{tip.replace('/', '-')}-{twin}{suffix}"
        path.parent.mkdir(exist_ok=True)
        return str(path)

    def settings(self, tip):
        return parameters(f"{self.folder}/look", tip)

    def said_in(self, run, tip, twin):
        folder = self.folder / "said" / f"{self.name}-{run.replace(' ', '-')}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / (f"{tip.replace('/', '-')}-{twin}.txt" if tip else "all.txt")


@lru_cache(maxsize=None)
def parameters(program, tip):
    """With which parameters a twin is run: C says it, in its first line."""
    with subprocess.Popen([program, tip, "good"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as p:
        line = p.stdout.readline()
        p.kill()
    return line.split()


# --- processes ---


def capped(argv, memory):
    """With limits, and gone when we are, however that comes."""
    caps = {"as": [f"--as={AS_MIB * tools.MIB}"], "data": [f"--data={DATA_MIB * tools.MIB}"], "": []}[memory]
    return ["setpriv", "--pdeathsig", "KILL", "prlimit", f"--cpu={tools.SECONDS}", "--core=0",
            f"--fsize={OUTPUT_MIB * tools.MIB}", *caps, "--", *argv]


def start(argv, run, cwd):
    """Run it in a process group of its own, which is gone afterwards."""
    env = {**os.environ, **dict(run.env), "LC_ALL": "C"}
    with tempfile.TemporaryFile() as out:
        try:
            child = subprocess.Popen(capped(argv, run.memory), cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                     stderr=subprocess.STDOUT, start_new_session=True)
        except OSError as e:
            return Done(f"setpriv: {e.strerror}", 127, False)
        late = False
        for sig in (signal.SIGQUIT if run.quit else signal.SIGKILL, signal.SIGKILL, None):
            try:
                child.wait(PATIENCE_S if not late else 3)
                break
            except subprocess.TimeoutExpired:
                late = True
                os.killpg(child.pid, sig)
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        out.seek(0)
        return Done(out.read().decode("utf-8", "replace"), child.returncode, late)


# --- from a process to what its tool said ---


def understood(tool, run, done, places, stuck_is_fine):
    """What the tool said of a twin."""
    reports = tool.read(done.text, places)
    words = next((l for l in reversed(done.text.strip().splitlines()) if l.strip()), "nothing")[:160]
    if done.status == tools.ON_A_COLLECTOR and done.text == "":
        return Said(not_applicable="the scene lives on a garbage collector, and the tool knows malloc alone")
    if tool.absent(done.text):
        return Said(not_applicable="this release has no such thing")
    if run.fine and done.status not in run.fine:
        return Said(failed=f"it ended with status {done.status}, saying: {words}")
    if (done.late or done.status == run.interrupted) and not stuck_is_fine:
        return Said(failed="the twin did not end in time")
    if reports:
        return Said(reports)
    if done.status < 0 and not done.late:
        return Said(failed=f"it was ended by {signal.Signals(-done.status).name}, saying: {words}")
    if re.search(r"twinbench: look: |Sanitizer has encountered a fatal error|Sanitizer: failed to|FATAL: ThreadSanitizer", done.text):
        return Said(failed=words)
    return Said()


def keep(path, argv, done):
    path.write_text(f"$ {shlex.join(argv)}\n{done.text}\nstatus {done.status}{' late' * done.late}\n")


def kept(path):
    """What keep() has written, or None."""
    m = re.fullmatch(r"\$ [^\n]*\n(.*)\nstatus (-?\d+)( late)?\n", path.read_text(), re.S) if path.exists() else None
    return Done(m[1], int(m[2]), bool(m[3])) if m else None


def runs_of(executor, chosen, tips, again):
    """{(run, tip, twin): Done} of all that these tools are read from."""
    names = dict.fromkeys(t.run for t in chosen)
    jobs = [(n, tip, twin) for n in names for tip, twin in
            ([(None, None)] if RUNS[n].for_all else [(tip, twin) for tip in tips for twin in TWINS])]
    done, lock = {}, threading.Lock()

    def one(job):
        name, tip, twin = job
        run = RUNS[name]
        argv = run.command(executor, tip, twin)
        found = kept(executor.said_in(*job)) if again else None
        if not found:
            found = start(argv, run, executor.go_folder / "src" if run.for_all else None)
            keep(executor.said_in(*job), argv, found)
        with lock:
            done[job] = found
            if sys.stderr.isatty():
                print(f"\r{executor.name}: {len(done)} of {len(jobs)}\033[K", end="", file=sys.stderr, flush=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, jobs))
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return done


def version_of(tool, executor):
    if tool.lang == "go" and tool.version[0] == "go":
        return executor.version
    if not tool.version:
        return Path("VERSION").read_text().strip() if Path("VERSION").exists() else ""
    said = subprocess.run(tool.version, capture_output=True, text=True).stdout
    return next(iter(re.findall(r"\d+(?:\.\d+)+[\w.~+-]*", said)), "")


def shown_command(run, executor, tip):
    """What was typed for bad, without where this checkout is."""
    argv = run.command(executor, tip, "bad")
    return " ".join([*(f"{k}={v}" for k, v in run.env), shlex.join(argv)]).replace(f"{Path.cwd()}/", "")


def rows_of(executor, args, tips, numbers):
    """The rows of one executor, and a line for each tool that is missing."""
    chosen = []
    for tool in TOOLS:
        if tool.lang != executor.lang or args.tool and tool.name not in args.tool:
            continue
        reason = tools.missing(tool, executor.folder, executor.go_folder, executor.go)
        if reason:
            say(f"{tool.name}{' in ' + executor.name if executor.go else ''} is left out: {reason}")
        else:
            chosen.append(tool)
    names = [t for t in tips if ((t, "bad") in numbers if executor.go else not tips[t].get("c_none"))]
    done = runs_of(executor, chosen, names, args.kept)
    for tool in chosen:
        run, version = RUNS[tool.run], version_of(tool, executor)
        for tip in names:
            of = judge.mistake(tips[tip]["claims"])
            said = []
            for twin in TWINS:
                places = tools.in_go(".", tip, numbers[tip, twin]) if executor.go else tools.in_c(".", tip)
                found = done[(tool.run, None, None) if run.for_all else (tool.run, tip, twin)]
                said.append(understood(tool, run, found, places, stuck_is_fine=twin == "bad" and of == "stuck"))
            r = judge.judge(of, *said)
            yield dict(zip(COLUMNS, (tip, tool.name, executor.name, version, of, r.word, r.bad, r.good, r.place, r.says,
                                     shown_command(run, executor, tip), digest(Path(tools.TREE) / tip))))


# --- all of it ---


def read_args(argv):
    p = argparse.ArgumentParser(description="Which tool would have told of each tip's mistake.")
    p.add_argument("folder", type=Path)
    p.add_argument("csv", type=Path)
    p.add_argument("--words", type=Path, required=True)
    p.add_argument("--flags", default="")
    p.add_argument("--go", action="append", default=[], metavar="NAME=VERSION=COMMAND")
    p.add_argument("--tip", help="only this, or this family")
    p.add_argument("--tool", action="append", help="only this; may be given more than once")
    p.add_argument("--kept", action="store_true", help="judge once more what was said last; run what was not")
    p.add_argument("--readme", action="store_true", help="write detectors.csv beside the tips, and their pages, too")
    args = p.parse_args(argv)
    for name in args.tool or ():
        if name not in [t.name for t in TOOLS]:
            p.exit(2, f"twinbench: there is no tool '{name}'; there are: {', '.join(dict.fromkeys(t.name for t in TOOLS))}\n")
    return args


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with new.open("w", newline="") as f:
        out = csv.DictWriter(f, COLUMNS, lineterminator="\n", extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)
    new.replace(path)


def main(argv):
    args = read_args(argv)
    every = {t["name"]: t for t in json.loads(args.words.read_text())["tips"]}
    # As bench/go/placements.sh numbers them.
    in_go = [t for t in every if Path(tools.TREE, t, "bad.go").exists()]
    numbers = {(t, twin): 2 * k + i + 1 for k, t in enumerate(in_go) for i, twin in enumerate(TWINS)}
    tips = {n: t for n, t in every.items() if args.tip in (None, "", n, n.partition("/")[0])}
    if not tips:
        say(f"there is no tip and no family '{args.tip}'")
        return 2
    executors = [Executor(args), *(Executor(args, n, v, shlex.split(go)) for n, v, go in (g.split("=", 2) for g in args.go))]
    rows = [row for x in executors for row in rows_of(x, args, tips, numbers)]
    if not rows:
        say("no tool was run, so there is no table")
        return 1
    write(args.csv, rows)
    print(table.text(rows, ascii_only=(sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{len(rows)} answers in {args.csv}, with what was said; {used.ru_utime + used.ru_stime:.0f} s of processor time")
    if args.readme:
        pages.keep(rows, COLUMNS)
    return 0


if __name__ == "__main__":
    broken_pipe.end_quietly()
    sys.exit(main(sys.argv[1:]))
