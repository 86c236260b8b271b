#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""watch.t - a file is graded whenever it is saved: what is wrong is said first, a new save ends what was under way, and
nothing is left behind.

How long the first sentence takes depends on the machine; notebooks/README.md has what was measured."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest.mock
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "tests/grade"), str(ROOT / "notebooks")]
import cases
import tap
from typed import PATIENCE_S, Typed, read_until
from watch import Terminal

TIP = "leaks/abandoned-sender"
BAD, GOOD = ((ROOT / "patterns" / TIP / f"{twin}.c").read_text() for twin in ("bad", "good"))

folder = tempfile.TemporaryDirectory()
os.environ.update(LAB_RESULTS=f"{folder.name}/results", LAB_FILES=f"{folder.name}/labs")
FILE = Path(folder.name) / "labs" / TIP / "student.c"
PROGRAM = ["/usr/bin/python3", str(ROOT / "notebooks/watch.py")]


def save(text):
    """As editors do that rename."""
    beside = FILE.with_suffix(".new")
    beside.write_text(text)
    beside.rename(FILE)


class Events:
    """watch.py as a notebook starts it; the file is as the lab has made it."""

    def __enter__(self):
        self.process = subprocess.Popen([*PROGRAM, "--events", TIP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self.until(lambda event: event.get("done"))
        return self

    def until(self, found):
        """The events up to one that is looked for."""
        def events(text):
            return [json.loads(line) for line in text.split("\n")[:-1] if '"saved"' not in line]
        return events(read_until(self.process.stdout.fileno(), lambda text: any(map(found, events(text)))))

    def __exit__(self, *_):
        self.process.stdin.close()
        self.status = self.process.wait(PATIENCE_S)


def wrong(event):
    """The first gate that is not passed: what it says, and the line."""
    return next((f"{m['gate']}: {m['says']}" for m in event["marks"] if not m["passed"]), "")


def looks(pid):
    """The processes of that watch that look at a file."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def points():
    return json.loads((Path(folder.name) / "results/points.json").read_text())[TIP]


def ready_watch_looks_at_every_save_and_says_what_is_wrong_first():
    with Events() as watch:
        save(BAD)
        first = watch.until(lambda event: "marks" in event)[0]
        assert wrong(first).startswith("counts: tasks 4, good has 0"), first
        assert first["doing"] and not first.get("done"), first

        save(BAD.replace("return", "retur n", 1))  # while the gates of the last one are under way
        broken = watch.until(lambda event: event.get("done"))
        assert len(broken) == 1 and "does not compile: student.c line 10" in wrong(broken[0]), broken
        assert broken[0]["line"].startswith("10: retur n"), broken

        save(GOOD.replace("chan_drop", "chan_dropp"))
        mistyped = wrong(watch.until(lambda event: event.get("done"))[-1])  # of vetting, or of gcc since 14
        assert re.search("chan_dropp.*; did you mean .?chan_drop.?\\?", mistyped), mistyped
        assert points() == 40, points()  # for the answers of the bad twin, looked at in the beginning

        save(GOOD)
        right = watch.until(lambda event: event.get("done"))
        assert not wrong(right[0]) and right[0]["doing"], right
        assert [m["gate"] for m in right[-1]["marks"]] == ["builds", "answers", "counts", "clean"] and not wrong(right[-1]), right
        assert points() == 80, points()  # the clock's are for the grading

        FILE.write_text(GOOD.replace("return", "return 1 +"))  # as editors do that do not rename
        assert wrong(watch.until(lambda event: event.get("done"))[-1]).startswith("answers: wrong answers"), "a wrong answer"
        save(BAD)
        watch.until(lambda event: "marks" in event)
        (first,) = looks(watch.process.pid)
        save(GOOD)
        watch.until(lambda event: "marks" in event)
        (second,) = looks(watch.process.pid)  # the first was ended
    assert watch.status == 0, watch.status
    for pid in (watch.process.pid, first, second):
        left = [*Path(tempfile.gettempdir()).glob(f"grade-{pid}-*"), *Path("/sys/fs/cgroup").glob(f"*/twinbench-{pid}-*")]
        assert not left and not Path(f"/proc/{pid}").exists(), (pid, left)


def keys_give_hints_one_by_one_and_the_solution_after_a_try():
    (Path(folder.name) / "results/points.json").unlink(missing_ok=True)
    save(BAD)
    with Typed([*PROGRAM, TIP], "q", ROOT) as watch:
        said = watch.after("", r"line 7: go\(")  # all gates have looked at the bad twin
        assert max(len(part) for part in re.split(r"\r|\n", said.replace("\x1b[K", ""))) < 80, said
        watch.after("x", "keys: h a hint, g the good twin beside yours, q quit")
        watch.after("g", "The good twin is shown when yours has passed")
        for n in (1, 2, 3):
            watch.after("h", f"Hint {n} of 4")
        watch.after("h", "The next hint is the solution. It comes after a try")
        save(BAD.replace("0);", "0 );", 1))
        watch.after("", r"line 7: go\(")
        watch.after("h", re.escape("+    struct chan *answer = chan_make(sizeof(uint64_t), 1);"))
        save(GOOD)
        assert "make grade TIP=" in watch.after("", "Lessons done: 1 of")
        watch.after("g", "word for word")
    assert watch.status == 0, watch.status


def what_is_going_on_takes_one_line_of_a_narrow_terminal():
    who = Terminal(TIP, FILE)
    who.live = True
    with unittest.mock.patch("shutil.get_terminal_size", lambda: os.terminal_size((40, 24))), contextlib.redirect_stdout(io.StringIO()) as out:
        who.start("all points of the dial, and the sanitizers")
    assert out.getvalue() == "\r\033[K  ... all points of the dial, and the s", out.getvalue()


def bad_input_is_named_in_a_line():
    for words, named in (([TIP + "s"], "there is no tip leaks/abandoned-senders"), ([TIP, "/nowhere.c"], "there is no file /nowhere.c"), ([TIP, "/tmp"], "there is no file /tmp")):
        done = subprocess.run([*PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert done.returncode == 1 and named in done.stdout and done.stdout.count("\n") == 1, (done.returncode, done.stdout)


if __name__ == "__main__":
    sys.exit(cases.behind_fence(lambda: tap.run(tap.tests_of(globals()))))
