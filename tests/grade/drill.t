#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""drill.t - whatever happens while a class is graded costs no student a point.

A real class is graded, by the real grader, while things happen to it: some process of it gets SIGKILL again
and again, the grader itself gets SIGINT and SIGKILL, its disk is full for a while or that of its programs, names are odd,
the machine has many times more to do than it has cores.  The same command is given again until all is told.  Then every
student has what he would have had on a quiet day: good 100, bad 40, a wrong file 0.

DRILL=1000 grades so many files (`make drill`); eight otherwise.  DRILL_LOAD=40 has so many processes compute meanwhile,
and DRILL_JOBS=16 grades so many at a time, two otherwise.
With a hundred or more, one grading follows for each program that takes part in one: the first process of it is killed."""

import contextlib
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

TIP = "leaks/range-unclosed"
FILE = TIP.replace("/", "-") + ".c"
STUDENTS = int(os.environ.get("DRILL", "8"))
LOAD = int(os.environ.get("DRILL_LOAD", "0"))
JOBS = os.environ.get("DRILL_JOBS", "2")
MANY = 100
MOST_RUNS = 10 + STUDENTS // 10
ODD = [b"two\nlines", b"J\xf6rg", b"=1+2", b"it's", b"$(touch f)", b"a b;c", b"\x1b[2J", "Zoë".encode(), b"-j"]
KINDS = [("good", "good.c", "100"), ("bad", "bad.c", "40"), ("wrong", None, "0")]


def hand_in(folder):
    """{how the gradebook spells him: his points}"""
    expected = {}
    for k in range(STUDENTS):
        kind, source, points = KINDS[k % len(KINDS)]
        name = b"%04d-%s-" % (k, kind.encode()) + ODD[k % len(ODD)]
        own = os.path.join(os.fsencode(folder), name)
        os.mkdir(own)
        if source:
            shutil.copy(cases.ROOT / "patterns" / TIP / source, os.path.join(own, FILE.encode()))
        else:
            with open(os.path.join(own, FILE.encode()), "w") as f:
                f.write('#include "scene.h"\nint x = ;\n')
        expected[cases.gradings.printable(name)] = points
    return expected


def children(pid, dice):
    """All of them, with theirs; mostly without those of make: without its objects nothing is graded, and so
    nothing is lost."""
    parents, spared = {}, dice and dice.random() < 0.9
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, numbers = stat.read_text().rpartition(")")
            if not (spared and name.endswith("(make")):
                parents.setdefault(int(numbers.split()[1]), []).append(int(stat.parent.name))
        except OSError:
            continue
    found, todo = [], [pid]
    while todo:
        todo += parents.get(todo.pop(), [])
        found = list(dict.fromkeys(found + todo))
    return found


class Trouble:
    """What happens to one run of the grader, from a thread of its own."""

    def __init__(self, disks, dice):
        self.disks, self.dice, self.killed, self.filled = disks, dice, 0, 0
        self.over = threading.Event()

    def fill(self, disk):
        with open(disk / "filler", "wb", buffering=0) as f:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while f.write(bytes(size)):
                        pass
        self.filled += 1
        self.over.wait(self.dice.uniform(0.5, 2))
        (disk / "filler").unlink()

    def happen(self, grader, ends):
        """ends: when the grader itself is ended, in seconds; None: it is not."""
        begin = time.monotonic()
        while not self.over.wait(self.dice.uniform(2, 6)):
            if ends and time.monotonic() - begin > ends:
                return grader.send_signal(self.dice.choice([signal.SIGINT, signal.SIGKILL]))
            if self.dice.random() < 0.2:
                for disk in filter(os.path.ismount, [self.dice.choice(self.disks)]):
                    self.fill(disk)
            found = children(grader.pid, self.dice)
            if found:
                try:
                    os.kill(self.dice.choice(found), signal.SIGKILL)
                    self.killed += 1
                except ProcessLookupError:
                    pass


def grade(folder, trouble, ends):
    with subprocess.Popen([sys.executable, cases.ROOT / "notebooks/grader", "--all", folder, "-j", JOBS], cwd=cases.ROOT,
                          env={**os.environ, "TMPDIR": str(folder.parent.with_name("tmp"))},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as grader:
        trouble.over.clear()
        thread = threading.Thread(target=trouble.happen, args=(grader, ends))
        if trouble.dice:
            thread.start()
        said = grader.stdout.read()
        grader.wait()
        trouble.over.set()
        if trouble.dice:
            thread.join()
    return said


def book(folder):
    try:
        with open(folder / "gradebook.csv", newline="") as f:
            return {r["student"].removeprefix("'"): r[TIP] for r in csv.DictReader(f)}
    except OSError:
        return {}


def why_not(folder):
    """What was said of those that could not be told, or of a good file that has not its points; each once."""
    try:
        lines = [json.loads(line) for line in (folder / "graded/results.jsonl").read_text().splitlines() if line]
    except (OSError, ValueError):
        return []
    newest = {found["student"]: found for found in lines}
    return sorted({found["says"] for found in newest.values()
                   if found["total"] is None or "-good-" in found["student"] and found["total"] < 100})


@contextlib.contextmanager
def small_disk(folder, kbytes):
    """A tmpfs, which only root can have; else the folder as it is."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kbytes}k", "tmpfs", folder], stderr=subprocess.DEVNULL)
    try:
        yield folder
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)


def drill(tap, folder, tmp):
    expected, dice = hand_in(folder), random.Random(int(os.environ.get("DRILL_SEED", "1")))
    disks = [folder.parent, tmp]
    trouble, runs = Trouble(disks, dice), 0
    load = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(LOAD)]
    try:
        while runs < MOST_RUNS and (len(book(folder)) < len(expected) or "not judged now" in book(folder).values()):
            runs += 1
            last = runs > MOST_RUNS // 2  # some rest at the end: what cannot be told is no point lost
            said = grade(folder, Trouble(disks, None) if last else trouble, None if runs % 3 == 0 else dice.uniform(5, 5 + 2 * STUDENTS))
            print(f"# run {runs}: {len(book(folder))} of {len(expected)} in the gradebook, "
                  f"{list(book(folder).values()).count('not judged now')} not judged", *why_not(folder), sep="\n#   ", flush=True)
    finally:
        for process in load:
            process.kill()
            process.wait()
    found = book(folder)
    wrong = {name: (found.get(name), points) for name, points in expected.items() if found.get(name) != points}
    tap.say(trouble.killed > 0, f"{trouble.killed} processes were killed, and the disk was full {trouble.filled} times, in {runs} runs")
    tap.say(not wrong, f"of {len(expected)} gradings none is lost", (wrong, said[-500:]))
    left = [*map(str, tmp.iterdir()), *map(str, folder.rglob("*.new"))]
    tap.say(not left, "what a killed grader has left, the next one has taken away", left)


# --- one after the other ------------------------------------------------------------------------------------

class Hunter(threading.Thread):
    """Sees which programs the processes below this one are; the first of `prey` is killed."""

    def __init__(self, prey=None):
        super().__init__()
        self.prey, self.seen, self.killed, self.over = prey, set(), None, threading.Event()

    def run(self):
        while not self.over.wait(0.001):
            for pid in children(os.getpid(), None):
                with contextlib.suppress(OSError):
                    name = Path(f"/proc/{pid}/comm").read_text().strip()
                    self.seen.add(name)
                    if name == self.prey and not self.killed and pid != os.getpid():
                        os.kill(pid, signal.SIGKILL)
                        self.killed = pid


def hunted(text, prey=None):
    hunter = Hunter(prey)
    hunter.start()
    try:
        return cases.gradings.total(cases.gradings.grade_text(TIP, text)), hunter
    except cases.gradings.NotNow as e:
        return str(e), hunter
    finally:
        hunter.over.set()
        hunter.join()


def one_of_each(tap):
    text = (cases.ROOT / "patterns" / TIP / "good.c").read_bytes()
    _, first = hunted(text)
    for prey in sorted(first.seen - {Path(f"/proc/{os.getpid()}/comm").read_text().strip()}):
        points, hunter = hunted(text, prey)
        tap.say(points == 100 or not hunter.killed, f"{prey} is killed once, and it has its points"
                + ("" if hunter.killed else " # SKIP none was seen in time"), points)


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in a shell's background it would be ignored by the grader, too
    tap = cases.Tap()
    with tempfile.TemporaryDirectory(prefix="drill-") as name, small_disk(Path(name) / "disk", 256 + 16 * STUDENTS) as disk, \
            small_disk(Path(name) / "tmp", 128 << 10) as tmp:
        Path(name).chmod(0o755)
        (disk / "class").mkdir(mode=0o755)
        drill(tap, disk / "class", tmp)
    if STUDENTS >= MANY:
        one_of_each(tap)
    return tap.end()


sys.exit(cases.behind_fence(main))
