#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kill.t - `bench` killed with SIGKILL at moments of all its phases, and resumed each time.

What must hold each time: a row that could be read before is read after, byte for byte; whatever
else was in the folder is whole or not there; no process of the run is left; `bench --resume` goes
on to a report, measures nothing twice and leaves no file that was being made.

ROUNDS=200 kills so often, as `make test-kill` does, and with timed batches and growth as long as
anybody's; without it they are short.  The phases take turns, and within a phase
the moment is random.  The phase is the last one that the run had announced when it was killed;
"beginning" is before all of them, "over" behind the report.

The program is a copy that stands alone: without Go twins beside it a run takes seconds.  A process
of the run is found by a word in its environment, which all that it starts inherit.

Each function is one test; its name is the sentence that is true when it passes."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/lib")]

import tap

BUILT = ROOT / os.environ.get("B", "build") / "twinbench"
ROUNDS = int(os.environ.get("ROUNDS") or 4)
TIP = "leaks/range-unclosed"
if "ROUNDS" not in os.environ:
    os.environ.setdefault("TWIN_BATCH_US", "500")
BEGIN = ["--quick", "--tip", TIP]
PHASES = ["beginning", "calibrating", "counts", "growth", "time", "prices", "charts"]
PATIENCE_S = 300  # of a machine on which much else runs
GRACE_S = 120  # for what a tool had started, which ends by itself with its work; a loaded machine takes long
MARK = b"TWIN_KILL_TEST="


class Run:
    """A run under way, in a results folder of its own."""

    def __init__(self, results, *arguments):
        program = results.parent / "twinbench"
        if not program.exists():
            shutil.copy(BUILT, program)
        self.word = f"{os.getpid()}-{random.getrandbits(64):x}"
        self.said = results / "said"
        self.seen = 0 if not self.said.exists() else self.said.stat().st_size
        with open(self.said, "a") as out:
            self.process = subprocess.Popen(
                [program, "bench", "--results", results, *arguments], stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, cwd=ROOT, env={**os.environ, MARK.decode()[:-1]: self.word})

    def phase(self):
        """The one that was announced last."""
        text = self.said.read_text(errors="replace")[self.seen:]
        now = "beginning"
        for line in text.splitlines():
            if line.startswith("report: "):
                return "over"
            name = line.partition(" (about")[0].partition(",")[0]
            now = name if name in PHASES else now
        return now

    def wait_for(self, phase):
        """Until that phase or a later one has begun."""
        order = PHASES + ["over"]
        until = time.monotonic() + PATIENCE_S
        while order.index(self.phase()) < order.index(phase) and self.process.poll() is None:
            assert time.monotonic() < until, f"no {phase} after {PATIENCE_S} s"
            time.sleep(0.002)

    def end(self):
        """Its exit status, when it has come to its end."""
        return self.process.wait(timeout=PATIENCE_S)


def living(word):
    """The processes that inherited the word, and what they are."""
    found = []
    for p in Path("/proc").glob("[0-9]*"):
        try:
            if MARK + word.encode() in (p / "environ").read_bytes().split(b"\0"):
                found.append((int(p.name), (p / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:80]))
        except OSError:
            pass  # it has ended meanwhile
    return found


def orphans(word, grace=GRACE_S):
    """Those that are still there after a while, and how long the last of the others took."""
    began = time.monotonic()
    while living(word):
        if time.monotonic() > began + grace:
            return living(word), grace
        time.sleep(0.01)
    return [], time.monotonic() - began


def journal(results):
    path = results / "latest/samples.csv"
    return path.read_bytes() if path.exists() else b""


def whole(results):
    """Every file that is not appended to is whole."""
    folder = results / "latest"
    for path in folder.iterdir() if folder.exists() else ():
        if path.suffix == ".json" and not path.name.startswith("."):
            json.loads(path.read_text())
        elif path.suffix == ".csv":
            assert path.read_bytes().endswith(b"\n"), f"{path} is torn"
        elif path.name == "report.html":
            assert path.read_text().rstrip().endswith("</html>"), f"{path} is torn"


def resume(results):
    run = Run(results, *(["--resume"] if (results / "latest").exists() else BEGIN))
    status = run.end()
    assert status == 0, f"resuming ended with {status}:\n{results.joinpath('said').read_text()[-2000:]}"


def complete(results, before):
    """The run has come to its end, and lost and doubled nothing on its way."""
    folder = results / "latest"
    rows = journal(results)
    assert rows.startswith(before), "rows that were there before the kill are gone"
    lines = rows.decode().splitlines()
    settings = Counter(",".join(line.split(",")[:13]) for line in lines)
    assert max(settings.values()) == 1, f"measured twice: {settings.most_common(1)}"
    assert all(line.count(",") == lines[0].count(",") for line in lines), "a line is not a row"
    whole(results)
    assert (folder / "report.html").exists(), "there is no report"
    left = [p.name for p in folder.iterdir() if p.name.endswith(".new") or p.name.startswith(".")]
    assert not left, f"left over: {left}"


def measured_phases(results):
    """How long each phase takes, in a run that nobody disturbs."""
    run = Run(results, *BEGIN)
    began, now = {"beginning": time.monotonic()}, "beginning"
    while run.process.poll() is None:
        phase = run.phase()
        if phase != now:
            began[phase], now = time.monotonic(), phase
        time.sleep(0.002)
    assert run.end() == 0, results.joinpath("said").read_text()[-2000:]
    times = list(began.values()) + [time.monotonic()]
    missing = set(PHASES) - set(began)
    assert not missing, f"the run announced no {missing}"
    return {phase: times[i + 1] - times[i] for i, phase in enumerate(began)}


FELL = Counter()  # kills in each phase
TOOK = []  # seconds, each time until nothing was left of the run


def one_kill(folder, phase, length):
    results = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
    run = Run(results, *BEGIN)
    run.wait_for(phase)
    time.sleep(random.uniform(0, length))
    before = journal(results)
    fell = run.phase() if run.process.poll() is None else "over"
    run.process.send_signal(signal.SIGKILL)
    run.process.wait()
    left, took = orphans(run.word)
    FELL[fell] += 1
    TOOK.append(took)
    assert not left, f"killed in {fell}, and still there after {GRACE_S} s: {left}"
    whole_lines = before[:before.rfind(b"\n") + 1]
    assert journal(results).startswith(whole_lines), f"killed in {fell}: rows are gone"
    whole(results)
    resume(results)
    complete(results, whole_lines)
    shutil.rmtree(results)


def a_planted_orphan_is_found():
    """As a tool would leave it behind: its parent is gone, and its session is its own."""
    word = f"planted-{os.getpid()}"
    planted = subprocess.run(
        ["setsid", "sh", "-c", "sleep 600 > /dev/null 2>&1 & echo $!"], capture_output=True, text=True, check=True,
        env={**os.environ, MARK.decode()[:-1]: word})
    pid = int(planted.stdout)
    left, took = orphans(word, 1)
    os.kill(pid, signal.SIGKILL)
    assert [p for p, _ in left] == [pid], left
    assert took >= 1 and orphans(word)[0] == [], took


def whenever_a_run_is_killed_no_row_is_lost_and_resuming_makes_the_report():
    with tempfile.TemporaryDirectory(prefix="twin-kill-") as folder:
        folder = Path(folder)
        (folder / "undisturbed").mkdir()
        lengths = measured_phases(folder / "undisturbed")
        failed = []
        turns = random.sample(PHASES, len(PHASES))
        for k in range(ROUNDS):
            phase = turns[k % len(turns)]
            try:
                one_kill(folder, phase, lengths[phase])
            except (AssertionError, OSError, ValueError) as e:
                failed.append(f"round {k + 1}, at {phase}: {e}")
                print(f"# {failed[-1]}", flush=True)
            if (k + 1) % 20 == 0:
                print(f"# {k + 1} kills, {len(failed)} failed", flush=True)
        where = ", ".join(f"{n} in {phase}" for phase, n in FELL.items())
        print(f"# {ROUNDS - len(failed)} of {ROUNDS} kills ended in a report; {where}")
        print(f"# what was left of a killed run was gone after {max(TOOK):.2f} s at most")
        assert not failed, f"{len(failed)} of {ROUNDS} rounds failed"
        assert sum(FELL.values()) == ROUNDS > 0
        assert len(set(FELL) - {"over"}) >= min(ROUNDS, len(PHASES)) - 2, f"the kills fell into few phases: {where}"


if __name__ == "__main__":
    sys.exit(tap.run([a_planted_orphan_is_found,
                      whenever_a_run_is_killed_no_row_is_lost_and_resuming_makes_the_report]))
