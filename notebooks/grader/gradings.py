# SPDX-License-Identifier: MIT
"""gradings.py - one file beside the good twin of one tip: marks, and where they come from.

What a gate is worth and whether it is passed is decided by `twinbench grade` (bench/grade/gates.c), which
tells it as one JSON document on a descriptor that no student's process has.  What is done here is building,
adding up and writing down.

The good twin is built once a tip and grader, and its counts are taken once, with one seed for all: a class
pays for it once."""

import contextlib
import json
import os
import re
import secrets
import signal
import subprocess
import tempfile
import textwrap
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import build
import fence
import groups
import kept
import reports
import source
import work
from build import Broken
from fence import NotNow
from source import Unfit

PASS_MARK = 60
GATES = {"builds": 0, "answers": 40, "counts": 40, "clean": 0, "time": 20}
MOST_POINTS = {"answers": 40, "counts": 40, "clean": 0, "time": 60}  # of a tip about time alone, the clock has 60
GRACE_MS = int(os.environ.get("GRADE_GRACE", "5000"))  # that a process may have on top of 20 times what good takes
FIRST_GRACE_MS = 300  # for who waits and wants to know at once
NOT_NOW = 3  # twinbench grade's exit status


@dataclass
class Mark:
    gate: str
    passed: bool
    points: int
    of: int
    says: str
    takes: str = ""  # the earlier gate whose points this one takes back
    timed: tuple = (0, 0, 0, 0)  # requests, more than a process served whose time has earned points; size, clients, workers


# --- printing ---------------------------------------------------------------------------------

def printable(words):
    """Everything that came from a student goes through here on its way to a terminal or a file: names, what his
    program printed, what the compiler said of his text.  No escape sequence, no line break, no odd space."""
    if isinstance(words, bytes):
        words = words.decode(errors="backslashreplace")
    try:
        words = words.encode(errors="surrogateescape").decode(errors="backslashreplace")  # a name may be any bytes
    except UnicodeEncodeError:
        words = words.encode(errors="backslashreplace").decode()
    return "".join(c if c == " " or c.isprintable() else spelled(ord(c)) for c in words)


def spelled(c):
    """A character by its number; from 128 on \\x is for a byte that is none."""
    return f"\\x{c:02x}" if c < 128 else f"\\u{c:04x}" if c < 1 << 16 else f"\\U{c:08x}"


def plain(words):
    """The same, without what says where it was compiled: that is nobody's business."""
    words = re.sub(r"(\S*/grade-\w+)?/(src|twin)/(\S*/)?|0x[0-9a-f]+", "", words)
    words = re.sub(r"ended by exit\((1[3-9]\d|12[89])\) without (?:a word|any output)", lambda m: signal_words(int(m[1]) - 128), words)
    return printable(words)


def signal_words(number):
    if number == signal.SIGSYS:
        return "asked the kernel for something that a twin has no use for, and was ended for it"
    return f"killed by signal {number} ({signal.strsignal(number)})"


# --- the good twin ------------------------------------------------------------------------------

def private_folder():
    """It is ours until fence.discard(), or as long as this process is there."""
    folder, fd = kept.make_held(lambda: tempfile.mkdtemp(prefix=f"grade-{os.getpid()}-"))
    os.chmod(folder, 0o711)
    return fence.hold(Path(folder), fd)


def sweep():
    """What graders have left that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("grade-[0-9]*-*"):
        with kept.take_over(folder) as is_left:
            if is_left and folder.lstat().st_uid == os.geteuid():
                fence.discard(folder)
    groups.sweep()


class Reference:
    """The good twin of a tip, built, with what was measured of it."""

    def __init__(self, tip):
        self.tip, self.seed = tip, secrets.randbelow(1 << 62)
        build.make("grade-objects", f"TIP={tip}")
        self.folder = private_folder()
        try:
            build.build_good(tip, self.folder)
        except BaseException:
            fence.discard(self.folder)
            raise
        self.lock, self.worked, self.later, self.points = threading.Lock(), None, {}, {}

    def work(self):
        """What bad and good do to the scene."""
        with self.lock:
            if not self.worked:
                goods = [self.work_of_good() for _ in range(2)]
                bad = self.work_beside_good(self.folder / "bad-work")
                if not bad and build.bad_ends(self.tip):
                    raise NotNow("the bad twin, with its calls counted, did not come to its end")
                self.worked = work.twins(self.tip, bad, goods, self.folder)
            return self.worked

    def work_of_good(self):
        start = time.monotonic()
        found = work.measure(self.folder / "good-work", self.tip, self.seed)
        self.took = time.monotonic() - start
        if not found:
            raise NotNow("the good twin, with its calls counted, did not come to its end")
        return found

    def work_beside_good(self, script):
        """Of another program, in what good took at the last; who does not come to his end has what good takes now."""
        for again in range(2):
            if again:
                self.work_of_good()
            found = work.measure(script, self.tip, self.seed, 40 * self.took + GRACE_MS / 1000)
            if found:
                break
        return found

    def later_work(self, script, student, timed):
        """The sentence about what a student leaves out of a long series, as it is counted and as it is timed; student:
        what he does in the usual number.  timed: as in Mark."""
        for kind in work.SERIES:
            with self.lock:
                if (timed, kind) not in self.later:
                    start = time.monotonic()
                    goods = [work.series(self.folder / "good-work", self.tip, self.seed, None, timed, kind) for _ in range(2)]
                    self.later[timed, kind] = goods, time.monotonic() - start
            goods, took = self.later[timed, kind]
            if not all(goods):
                raise NotNow("the good twin, with its calls counted, did not come to its end")
            later = work.series(script, self.tip, self.seed, 40 * took + GRACE_MS / 1000, timed, kind)
            missing = work.left_out_later(student, later, self.worked, goods, kind)
            if missing:
                return missing
        return ""

    def work_at_points(self, script, student):
        """The sentence about what a student leaves out at a point of the dial; student: what he does in the middle."""
        dial, points = build.dials()[self.tip]
        for point in points if dial != "RATE" else ():  # there it is the clock that says how many are served
            flags = f"--{dial.lower()}", str(point)
            with self.lock:
                if point not in self.points:
                    start = time.monotonic()
                    goods = [work.measure(self.folder / "good-work", self.tip, self.seed, None, *flags) for _ in range(2)]
                    took = time.monotonic() - start
                    bad = work.measure(self.folder / "bad-work", self.tip, self.seed, 40 * took + GRACE_MS / 1000, *flags) \
                        if self.worked.bad else None
                    self.points[point] = goods, bad, took
            goods, bad, took = self.points[point]
            if not all(goods):
                raise NotNow("the good twin, with its calls counted, did not come to its end")
            there = work.measure(script, self.tip, self.seed, 40 * took + GRACE_MS / 1000, *flags)
            missing = work.left_out_there(student, there, self.worked, goods, bad, f"{dial} {point}")
            if missing:
                return missing
        return ""

    def lend(self, folder):
        """Its programs under their names there."""
        for script in self.folder.glob("good*"):
            if os.access(script, os.X_OK) and script.is_file():
                (folder / script.name).symlink_to(script)


class Shelf:
    """The references of this process, one a tip, made when they are first asked for."""

    def __init__(self):
        self.lock, self.made = threading.Lock(), {}

    def get(self, tip):
        with self.lock:
            if tip not in self.made:
                self.made[tip] = Reference(tip)
            return self.made[tip]

    def clear(self):
        for reference in self.made.values():
            fence.discard(reference.folder)
        self.made = {}


shelf = Shelf()


# --- a grading ------------------------------------------------------------------------------------

def gates(document):
    """The record of `twinbench grade`, gate by gate, each held against what a gate can be."""
    try:
        told = json.loads(document)["gates"]
        marks = [Mark(t["gate"], t["passed"] is True, int(t["points"]), int(t["of"]), plain(str(t["says"])),
                      str(t.get("takes", "")), tuple(map(int, t["timed"]))) for t in told]
    except (ValueError, KeyError, TypeError) as e:
        raise Broken(f"the record of a grading cannot be read: {e}") from None
    order = [m.gate for m in marks]
    if order != list(MOST_POINTS)[:len(order)]:
        raise Broken(f"the record of a grading tells of gates that do not follow each other: {', '.join(order)}")
    for m in marks:
        m.of = min(max(m.of, 0), MOST_POINTS[m.gate])
        m.points = min(max(m.points, 0), m.of)
        if m is not marks[-1] and not m.passed:
            raise Broken(f"the record of a grading goes on behind {m.gate}, which was not passed")
    return marks


def decide(tip, folder, seed, known=None, *flags):
    """The gates behind the first, as `twinbench grade` decides them.  Whoever kills it has to do it again."""
    for _ in range(fence.TRIES):
        marks = decide_once(tip, folder, seed, known, *flags)
        if marks:
            return marks
    raise NotNow("`twinbench grade` was killed")


def decide_once(tip, folder, seed, known, *flags):
    """None: it was killed."""
    read, write = os.pipe()
    words = [build.BUILD / "twinbench", "grade", tip, str(folder), "--grace", str(GRACE_MS),
             "--seed", str(seed), "--result-fd", str(write), *(["--kept", str(known)] if known else []), *flags]
    try:
        with subprocess.Popen(words, cwd=build.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, pass_fds=[write]) as process:
            os.close(write)
            write = -1
            with open(read, "rb") as f:
                read = -1
                document = f.read(1 << 20)
            said = process.stderr.read(1 << 16).decode(errors="replace").strip()
        if process.returncode == -signal.SIGKILL:
            return None
        if process.returncode == NOT_NOW:
            raise NotNow(printable(said.partition("not judged now: ")[2] or said))
        if process.returncode:
            raise Broken(printable(said))
        return gates(document)
    finally:
        for fd in (read, write):
            if fd >= 0:
                os.close(fd)


def take_back(marks):
    """Right by luck is not right: what a later gate has found can cost an earlier one its points."""
    for later in marks:
        for m in marks:
            if m.gate == later.takes:
                m.points, m.says = 0, f"{m.says}, but not really: see {later.gate}"
    return marks


def see_work(marks, reference, folder):
    """Whose counts are right because nothing was done has no points for them, nor for being quick."""
    counts = next((m for m in marks if m.gate == "counts" and m.passed), None)
    if not counts:
        return marks
    ours, script = reference.work(), folder / "student-work"
    done = reference.work_beside_good(script)
    missing = work.left_out(done, ours) or reference.work_at_points(script, done)
    if not missing and marks[-1].timed[0]:
        missing = reference.later_work(script, done, marks[-1].timed)
    if not missing:
        return marks
    counts.passed, counts.points, counts.says = False, 0, missing
    return [m for m in marks if m.gate in ("answers", "counts")]


def see_left(marks, reference, folder):
    """Tasks that are left over wait somewhere, and somebody has started them."""
    counts = next((m for m in marks if m.gate == "counts" and re.search(r"\btasks \d+, good has", m.says)), None)
    if counts:
        where = work.left_tasks(folder / "student", reference.tip, reference.seed, GRACE_MS / 1000)
        counts.says += f"; {plain(where)}" if where else ""
    return marks


def grade_text(tip, data, remark="", vetted=True, flags=(), tell=None):
    """The marks of a text, in the order of the gates.  vetted=False is for the tests of the fence: it lets
    in what would have been refused.  flags: more for `twinbench grade`.  tell(doing, marks): for somebody who waits,
    called before each longer part of the work, at first with what the first gates say at the first points, which is
    no verdict yet."""
    reference = shelf.get(tip)
    folder = private_folder()
    try:
        path = folder / "student.c"
        path.write_bytes(data)
        path.chmod(0o644)
        reference.lend(folder)
        reports.script(folder)
        made = build.build_plain(tip, path, folder, reference.folder, vetted)
        builds = Mark("builds", True, 0, 0, remark or "yes")
        if tell:
            first = decide(tip, folder, reference.seed, reference.folder / "kept", "--first", "--grace", str(FIRST_GRACE_MS))
            tell("building it for the sanitizers", [builds, *first])
        build.build_others(tip, path, folder, reference.folder, made, vetted)
        if tell:
            tell("all points of the dial, and the sanitizers")
        marks = decide(tip, folder, reference.seed, reference.folder / "kept", *flags)
        marks = see_left(see_work(take_back(marks), reference, folder), reference, folder)
        return [builds, *marks]
    except Unfit as e:
        return refused(e)
    finally:
        fence.discard(folder)


def get_ready(tip):
    """All that a grading needs and no student has a part in, before there is one: as for the good twin, or for the bad
    one where the good one's text is with the teacher."""
    good, bad = (build.TREE / tip / f"{twin}.c" for twin in ("good", "bad"))
    grade_text(tip, (good if good.exists() else bad).read_bytes(), flags=("--untimed",), tell=lambda *_: None)


def refused(e):
    return [Mark("builds", False, 0, 0, plain(str(e)))]


def grade(tip, name, folder=None, vetted=True, flags=(), tell=None):
    """The marks of a file; folder: a descriptor that the name is looked up in."""
    try:
        data, remark = source.read(name, folder)
    except Unfit as e:
        return refused(e)
    return grade_text(tip, data, remark, vetted, flags, tell)


def check_tip(tip):
    if tip not in build.every_tip() and any(os.path.exists(build.TREE / tip / data) for data in ("tip.c", "tip.toml")):
        raise Broken(f"{printable(tip)} has no twins in C, and what is graded is C")
    if tip not in build.every_tip():
        raise Broken(f"there is no tip {printable(tip)}; all of them: build/twinbench list --names")
    fence.check()


# --- writing it down ---------------------------------------------------------------------------------

def every(marks):
    """A mark for each gate, also for those that were not reached."""
    found = {m.gate: m for m in marks}
    return [found.get(gate, Mark(gate, False, 0, of, "not reached")) for gate, of in GATES.items()]


def scores(marks):
    """{gate: points} of the gates that have some."""
    return {m.gate: m.points for m in every(marks) if GATES[m.gate]}


def total(marks):
    return sum(scores(marks).values())


def first_look(marks):
    """What to look at first: the gate that was not passed."""
    return next((f"{m.gate}: {m.says}" for m in marks if not m.passed), "")


def print_mark(m, reached, out):
    points = f"{m.points:3}/{m.of}" if m.of else ""
    says = textwrap.wrap(("no: " if reached and not m.passed else "") + m.says, 60) or [""]
    print(f"  {m.gate:8} {points:7} {says[0]}", *(f"{'':19}{l}" for l in says[1:]), sep="\n", file=out)


def print_marks(tip, name, marks, out):
    print(f"{tip}  {printable(name)}", file=out)
    for m in every(marks):
        print_mark(m, m in marks, out)
    points = scores(marks)
    word = "passed" if total(marks) >= PASS_MARK else f"below the pass mark of {PASS_MARK}"
    print(f"  {'score':8} {total(marks):3}/100 {' + '.join(map(str, points.values()))} = {total(marks)}, {word}", file=out)
    print(f"  {'held by':8} {groups.held_by()}", file=out)
    if first_look(marks):
        print(*textwrap.wrap(f"look first at {first_look(marks)}", 78, initial_indent="  ",
                             subsequent_indent="  "), sep="\n", file=out)
    print(json.dumps({"scores": points}), file=out, flush=True)


def gradescope(marks):
    """The shape of results.json."""
    def test(m):
        t = {"name": m.gate, "status": "passed" if m.passed else "failed", "output": m.says}
        return {**t, "score": m.points, "max_score": m.of} if m.of else t
    return {"score": total(marks), "output": first_look(marks) or "nothing to look at", "visibility": "visible",
            "tests": [test(m) for m in every(marks)], "extra_data": {"memory and processes held by": groups.held_by()}}


def write_json(name, marks, folder=None):
    kept.write(name, (json.dumps(gradescope(marks), indent=2) + "\n").encode(), folder)
