#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""watch.py - a file is graded whenever it is saved: what is wrong first within two seconds, then all gates but
the clock.

    watch.py TIP [FILE]             on a terminal
    watch.py --events TIP [FILE]    a line of JSON an event, for lab.watch(); ends with its standard input

The grader is that of `make grade`, with its fence and its rules; only it stands ready: the good twin is built and
measured, and what the headers say is known.  A look at the file is a process of its own, which the next save ends.
The file is asked for ten times a second; an editor may write into it or rename another one over it."""

import argparse
import contextlib
import dataclasses
import io
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import textwrap
import time
import tty
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "grader"), str(HERE.parent / "bench/python")]
sys.dont_write_bytecode = True

import broken_pipe
import fence
import gradings
import lessons
import terminal

POLL_S, SETTLED_S = 0.1, 0.03  # a file that is being written changes again at once
TROUBLE = (gradings.NotNow, gradings.Broken, fence.NoFence, OSError, subprocess.SubprocessError)


# --- one look ---------------------------------------------------------------------------------

def quoted(marks, text):
    """The student's line that the first failed gate names, or that has the word which it names; or ""."""
    wrong, lines = gradings.first_look(marks), text.splitlines()
    at = re.search(r"(?:student\.c|builds:) line (\d+)", wrong)
    word = re.search(r"refers to (\w+)", wrong)
    n = int(at[1]) if at else next((k for k, l in enumerate(lines, 1) if word and re.search(rf"\b{word[1]}\b", l)), 0)
    return f"{n}: {gradings.printable(lines[n - 1].strip())}" if 0 < n <= len(lines) else ""


def look_at(tip, path, tell):
    """tell(event) what a grading finds: after the first gates, and at the end."""
    def say(marks=(), **more):
        text = path.read_text(errors="replace") if path.exists() else ""
        tell({"marks": [dataclasses.asdict(m) for m in marks if m.gate != "time"], "line": quoted(marks, text), **more})
    try:
        marks = gradings.grade(tip, str(path), flags=("--untimed",), tell=lambda doing, marks=(): say(marks, doing=doing))
        say(marks, done=True)
    except TROUBLE as e:
        tell({"trouble": gradings.printable(str(e)), "done": True})


class Look:
    """look_at() in a process group of its own; events() has what it told since it was asked last."""

    def __init__(self, tip, path):
        self.pipe, write = os.pipe()
        self.pid, self.rest, self.ended = os.fork(), b"", False
        if self.pid == 0:
            with contextlib.suppress(BaseException):
                os.setpgid(0, 0)
                look_at(tip, path, lambda event: os.write(write, json.dumps(event).encode() + b"\n"))
            os._exit(0)
        os.close(write)
        with contextlib.suppress(OSError):
            os.setpgid(self.pid, self.pid)

    def events(self):
        more = os.read(self.pipe, 1 << 16)
        *lines, self.rest = (self.rest + more).split(b"\n")
        if not more:
            self.stop()
        return [json.loads(line) for line in lines]

    def stop(self):
        """All that it has started dies with it (fence.py); what it leaves on the disk goes."""
        if self.ended:
            return
        self.ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.pipe)
        gradings.sweep()


# --- who is told ------------------------------------------------------------------------------

class Events:
    """A notebook, which draws them."""
    said = staticmethod(lambda event: print(json.dumps(event), flush=True))
    ready = tick = staticmethod(lambda: None)

    @classmethod
    def saved(cls):
        cls.said({"saved": time.strftime("%H:%M:%S"), "doing": "the first gates"})

    @staticmethod
    def key(typed):
        """Nothing is typed; its end is the notebook's."""
        return bool(typed)


class Terminal:
    """Lines under each other, and below them what is going on; nothing is taken away."""
    KEYS = "keys: h a hint, g the good twin beside yours, q quit"

    def __init__(self, tip, path):
        self.tip, self.path, self.doing, self.since, self.below, self.hints = tip, path, "", 0, "", 0
        self.live = sys.stdout.isatty()

    def line(self, text=""):
        print("\r\033[K" * self.live + text, flush=True)
        self.below = ""

    def words(self, text):
        for part in textwrap.wrap(text, 78):
            self.line(part)

    def tick(self):
        """What is going on, once a second."""
        now = f"  ... {self.doing}, {time.monotonic() - self.since:.0f} s"[:shutil.get_terminal_size().columns - 1]
        if self.live and self.doing and now != self.below:
            print(f"\r\033[K{now}", end="", flush=True)
            self.below = now

    def start(self, doing):
        self.doing, self.since = doing, time.monotonic()
        self.tick()

    def ready(self):
        self.line("Change this file and save it:")
        self.line(f"  {lessons.shown(self.path)}")
        self.line(self.KEYS if sys.stdin.isatty() else "Ctrl-C ends it.")

    def saved(self):
        self.line()
        self.line(f"{time.strftime('%H:%M:%S')}  {self.tip}")
        self.start("the first gates")

    def said(self, event):
        if event.get("trouble"):
            self.line(f"  {event['trouble']}")
        marks = [gradings.Mark(**m) for m in event.get("marks", ())]
        out = io.StringIO()
        for mark in marks:  # so early there are no points
            gradings.print_mark(mark if event.get("done") else dataclasses.replace(mark, of=0), True, out)
        for text in out.getvalue().splitlines():
            self.line(text)
        if event.get("line"):
            self.line(f"           line {event['line']}"[:79])
        if event.get("done"):
            self.doing = ""
            self.end(marks)
        else:
            self.start(event["doing"])

    def end(self, marks):
        if not all_right(marks):
            return
        self.line("  Right in all but the clock, which only the grading asks:")
        self.line(f"    {lessons.make('grade', self.tip)} \\")
        self.line(f"        SRC={lessons.shown(self.path)}")
        after = lessons.following(self.tip)
        if lessons.lessons():
            self.line(f"  Lessons done: {done_of_all()}." + (f"  Next: make lesson TIP={after.tip}" if after else ""))

    def key(self, typed):
        """False ends it."""
        for key in typed:
            if key in "q\x04":
                return False
            self.line()
            {"h": self.hint, "g": self.good}.get(key, lambda: self.line(self.KEYS))()
        return True

    def hint(self):
        hints = lessons.hints_of(self.tip)
        if self.hints < len(hints):
            self.hints += 1
            self.words(f"Hint {self.hints} of {len(hints) + lessons.has_good(self.tip)}: {hints[self.hints - 1]}")
        elif not lessons.has_good(self.tip):
            self.line(lessons.NO_GOOD)
        elif lessons.tried(self.tip, self.path):
            self.line(f"Hint {len(hints) + 1}, the solution:")
            self.difference("bad.c")
        else:
            self.words("The next hint is the solution. It comes after a try: change the file, save it, and let all gates look.")

    def good(self):
        if not lessons.has_good(self.tip):
            self.line(lessons.NO_GOOD)
        elif lessons.passed(self.tip):
            self.difference(self.path)
        else:
            self.line("The good twin is shown when yours has passed.")

    def difference(self, old):
        folder = lessons.TREE / self.tip
        done = subprocess.run(["diff", "-u", "--label", "yours" if old == self.path else old, "--label", "good.c",
                               folder / old, folder / "good.c"], stdout=subprocess.PIPE, text=True, errors="replace")
        for text in done.stdout.splitlines() or ["It is the good twin, word for word."]:
            self.line(gradings.printable(text))


def all_right(marks):
    return bool(marks) and all(m.passed for m in marks)


def done_of_all():
    every = lessons.lessons()
    return f"{sum(lessons.passed(lesson.tip) for lesson in every)} of {len(every)}"


# --- the loop ---------------------------------------------------------------------------------

def stamp(path):
    """What changes when somebody saves; None between an editor's unlink and rename."""
    try:
        s = path.stat()
    except FileNotFoundError:
        return None
    return s.st_mtime_ns, s.st_ino, s.st_size


def saved_since(path, seen):
    """The stamp of a file that was saved and is whole; else the one that was seen."""
    now = stamp(path)
    if now in (None, seen):
        return seen
    time.sleep(SETTLED_S)
    return now if stamp(path) == now else seen


def typed_on(stdin, wait):
    """(what can be read of the pipes, what was typed, or None)"""
    readable, _, _ = select.select(wait, [], [], POLL_S)
    return readable, os.read(stdin, 64).decode(errors="replace") if stdin in readable else None


def watch(tip, path, who, stdin):
    """Until a key says so, or the end of stdin (None: nobody types)."""
    seen = look = None
    try:
        while True:
            now = saved_since(path, seen)
            if now != seen:
                if look:
                    look.stop()
                seen, look = now, Look(tip, path)
                who.saved()
            pipes = ([look.pipe] if look and not look.ended else []) + ([stdin] if stdin is not None else [])
            readable, typed = typed_on(stdin, pipes)
            if typed is not None and not who.key(typed):
                return
            for event in look.events() if look and not look.ended and look.pipe in readable else ():
                keep(tip, event)
                who.said(event)
            who.tick()
    finally:
        if look:
            look.stop()


def keep(tip, event):
    """The points of a whole look, without the clock's."""
    if event.get("done") and event.get("marks"):
        lessons.keep_points(tip, sum(m["points"] for m in event["marks"]))


@contextlib.contextmanager
def single_keys(stdin):
    if stdin is None or not os.isatty(stdin):
        yield
        return
    before = termios.tcgetattr(stdin)
    try:
        tty.setcbreak(stdin)
        yield
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, before)


def words():
    args = argparse.ArgumentParser(prog="watch.py", description="Grade a file whenever it is saved.")
    args.add_argument("--events", action="store_true", help="lines of JSON, for a notebook")
    args.add_argument("tip")
    args.add_argument("file", nargs="?", help="student.c of the labs, if none is given")
    return args.parse_args()


def main():
    terminal.speak()
    given = words()
    gradings.check_tip(given.tip)
    path = Path(given.file).absolute() if given.file else lessons.make_file(given.tip)
    if not path.is_file():
        raise gradings.Broken(f"there is no file {gradings.printable(str(path))}; without SRC= a copy of the bad twin is made for you")
    gradings.sweep()
    if not given.events:
        print("Building and measuring the good twin: ten seconds, at first a minute.", flush=True)
    gradings.get_ready(given.tip)
    who = Events if given.events else Terminal(given.tip, path)
    stdin = 0 if given.events or os.isatty(0) else None
    who.ready()
    with single_keys(stdin):
        watch(given.tip, path, who, stdin)


if __name__ == "__main__":
    broken_pipe.end_quietly()
    status = 0
    try:
        main()
    except TROUBLE as e:
        status = f"twinbench: watch: {gradings.printable(str(e))}"
    except KeyboardInterrupt:
        status = 130
    finally:
        gradings.shelf.clear()
    sys.exit(status)
