#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""classroom.t - one student costs one row.

The grading itself is a stand-in here: a file that says `points 40` has 40 points, one that says `fail` makes the
grader fail, `later` cannot be told, `die` kills the grader."""

import contextlib
import csv
import io
import json
import os
import signal
import socket
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in ("tests/lib", "notebooks/grader"):
    sys.path.insert(0, str(ROOT / folder))
sys.dont_write_bytecode = True
import classroom
import gradings
import tap

NAME = "leaks-range-unclosed.c"
graded = []


def stand_in(tip, data, remark="", *_):
    words = data.decode().split()
    graded.append(words)
    if words[0] == "fail":
        raise RuntimeError("the disk\nis gone")
    if words[0] == "later":
        raise gradings.NotNow("good was STUCK")
    if words[0] == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return [gradings.Mark("builds", True, 0, 0, "yes"), gradings.Mark("answers", True, int(words[1]), 40, "right")]


gradings.grade_text = stand_in
gradings.fence.check = lambda: None


@contextlib.contextmanager
def a_class(**files):
    """{student: what is in his file}"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for student, text in files.items():
            hand_in(folder, student, text)
        graded.clear()
        yield folder


def hand_in(folder, student, text):
    (folder / student).mkdir(exist_ok=True)
    (folder / student / NAME).write_text(text)


def grade(folder, at_a_time=1, part=(1, 1)):
    """What was printed; the gradebook's rows."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        classroom.grade_all(os.fsencode(folder).decode(), at_a_time, part)
    return out.getvalue() + err.getvalue()


def book(folder, name="gradebook.csv"):
    with open(folder / name, newline="") as f:
        return {r["student"]: r["leaks/range-unclosed"] for r in csv.DictReader(f)}


def same(a, b):
    assert a == b, f"{a!r} is not {b!r}"


def a_grading_that_fails_costs_its_own_row():
    with a_class(amy="points 40", bob="fail", cat="points 30") as folder:
        said = grade(folder)
        same(book(folder), {"amy": "40", "bob": "not judged now", "cat": "30"})
        assert "RuntimeError: the disk" in said and "\nis gone" not in said, said


def the_same_command_goes_on_with_what_could_not_be_told():
    with a_class(amy="points 40", bob="later") as folder:
        grade(folder)
        hand_in(folder, "bob", "points 20")
        graded.clear()
        grade(folder)
        same(graded, [["points", "20"]])
        same(book(folder), {"amy": "40", "bob": "20"})


def what_was_handed_in_again_is_graded_again():
    with a_class(amy="points 10", bob="points 20") as folder:
        grade(folder)
        hand_in(folder, "amy", "points 30")
        graded.clear()
        grade(folder)
        same(graded, [["points", "30"]])
        same(book(folder), {"amy": "30", "bob": "20"})


def a_killed_grader_has_lost_nothing_that_was_graded():
    with a_class(amy="points 10", bob="points 20", cat="die") as folder:
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
            grade(folder)
            os._exit(0)
        same(os.WTERMSIG(os.waitpid(pid, 0)[1]), signal.SIGKILL)
        same(book(folder), {"amy": "10", "bob": "20"})
        hand_in(folder, "cat", "points 5")
        grade(folder)
        same(graded, [["points", "5"]])
        same(book(folder), {"amy": "10", "bob": "20", "cat": "5"})


def a_torn_line_is_no_line():
    with a_class(amy="points 10") as folder:
        grade(folder)
        ledger = folder / "graded/results.jsonl"
        ledger.write_bytes(ledger.read_bytes() + b'{"student": "amy", "tip": "leaks/ran')
        hand_in(folder, "bob", "points 20")
        grade(folder)
        grade(folder)
        same(book(folder), {"amy": "10", "bob": "20"})
        same(len(graded), 2)


def any_bytes_are_a_name():
    with a_class() as folder:
        for name in (b"J\xf6rg", b"two\nlines", b"\x1b]0;x\x07", b"=1+2", b"@x", "Zoë".encode()):
            os.mkdir(os.fsencode(folder) + b"/" + name)
            with open(os.fsencode(folder) + b"/" + name + b"/" + NAME.encode(), "w") as f:
                f.write("points 7")
        said = grade(folder)
        same(sorted(book(folder)), sorted(["J\\xf6rg", "two\\x0alines", "\\x1b]0;x\\x07", "'=1+2", "'@x", "Zoë"]))
        assert "\x1b" not in said, said
        graded.clear()
        grade(folder)
        same(graded, [])


def two_names_are_two_rows_however_they_are_spelled():
    names = [b"two\nlines", b"two\\x0alines", b"=1", b"'=1", b"J\x85", "J\x85".encode(), "\ue0001".encode(), "\U000e0001".encode()]
    with a_class() as folder:
        for k, name in enumerate(names):
            os.mkdir(os.fsencode(folder) + b"/" + name)
            with open(os.fsencode(folder) + b"/" + name + b"/" + NAME.encode(), "w") as f:
                f.write(f"points {k}")
        grade(folder)
        same(sorted(book(folder).values()), [str(k) for k in range(len(names))])


def a_student_named_as_a_file_of_ours_stops_nobody():
    with a_class(amy="points 40", zoe="points 30", **{"results.jsonl": "points 1", "results-1-of-2.jsonl": "points 1"}) as folder:
        said = grade(folder)
        same(book(folder), {"amy": "40", "zoe": "30", "results.jsonl": "", "results-1-of-2.jsonl": ""})
        assert "results.jsonl cannot be graded" in said and "2 not judged now" in said, said


def a_student_whose_folder_is_passed_over_is_named():
    with a_class(amy="points 40", graded="points 1", **{".eve": "points 2"}) as folder:
        (folder / ".git").mkdir()
        said = grade(folder)
        same(book(folder), {"amy": "40"})
        same(said.count("is no student's folder"), 2)
        assert "graded is no" in said and ".eve is no" in said, said


def links_are_not_followed_and_pipes_not_opened():
    with a_class(amy="points 40") as folder:
        for student in ("eve", "fay"):
            (folder / student).mkdir()
        (folder / "eve" / NAME).symlink_to(folder / "amy" / NAME)
        os.mkfifo(folder / "fay" / NAME)
        (folder / "gus").symlink_to(folder / "amy")
        said = grade(folder)
        same(book(folder), {"amy": "40", "eve": "0", "fay": "0"})
        assert "gus is a link" in said, said


def a_socket_is_no_file():
    with a_class(amy="points 40", eve="points 1") as folder, socket.socket(socket.AF_UNIX) as s:
        (folder / "eve" / NAME).unlink()
        here = os.getcwd()
        os.chdir(folder / "eve")  # a socket's path is short
        s.bind(NAME)
        os.chdir(here)
        said = grade(folder)
        same(book(folder), {"amy": "40", "eve": "0"})
        assert "a socket" in said, said


def a_folder_that_goes_away_meanwhile_costs_nobody_else_a_row():
    with a_class(amy="points 40") as folder:
        listdir = os.listdir
        os.listdir = lambda where: [*listdir(where), *(["gone"] if NAME not in listdir(where) else [])]
        try:
            said = grade(folder)
        finally:
            os.listdir = listdir
        same(book(folder), {"amy": "40"})
        assert "gone cannot be read" in said, said


def a_folder_in_the_gradebooks_place_is_named():
    with a_class(amy="points 40") as folder:
        (folder / "gradebook.csv").mkdir()
        try:
            grade(folder)
        except gradings.Broken as e:
            assert "gradebook.csv" in str(e) and "another name" in str(e), e
        else:
            raise AssertionError("it was graded")


def nothing_is_written_through_a_link():
    with a_class(amy="points 40") as folder, tempfile.NamedTemporaryFile() as other:
        for name in (f"leaks-range-unclosed.json.{os.getpid()}.new", "leaks-range-unclosed.json"):
            (folder / "amy" / name).symlink_to(other.name)
        grade(folder)
        same(Path(other.name).read_bytes(), b"")
        same(json.loads((folder / "graded/amy/leaks-range-unclosed.json").read_text())["score"], 40)
        (folder / "graded").rename(folder / "moved")
        (folder / "graded").symlink_to(folder / "moved")
        try:
            grade(folder)
        except gradings.Broken as e:
            assert "graded" in str(e), e
        else:
            raise AssertionError("a link was taken for the folder of results")


def a_class_that_others_can_write_to_is_refused():
    with a_class(amy="points 40") as folder:
        folder.chmod(0o777)
        try:
            grade(folder)
        except gradings.Broken as e:
            assert "chmod" in str(e), e
        else:
            raise AssertionError("it was graded")


def shards_are_parts_of_the_class_and_come_together():
    with a_class(**{f"s{k}": f"points {k}" for k in range(7)}) as folder:
        for k in (1, 2, 3):
            grade(folder, 2, (k, 3))
        same(len(graded), 7)
        same(book(folder, "gradebook-2-of-3.csv"), {"s1": "1", "s4": "4"})
        graded.clear()
        grade(folder)
        same((graded, len(book(folder))), ([], 7))


def a_ledger_that_is_full_ends_the_run_and_keeps_what_there_is():
    with a_class(amy="points 10", bob="points 20") as folder:
        write, lines = os.write, []

        def full(fd, data):
            line = data.lstrip().startswith(b"{")  # behind whatever a torn one may have left
            if line and lines:
                raise OSError(28, "No space left on device")
            lines.append(data) if line else None
            return write(fd, data)

        os.write = full
        try:
            grade(folder)
            raise AssertionError("it went on")
        except OSError as e:
            same(e.errno, 28)
        finally:
            os.write = write
        same(book(folder), {"amy": "10"})
        grade(folder)
        same(book(folder), {"amy": "10", "bob": "20"})


if __name__ == "__main__":
    sys.exit(tap.run([v for v in list(globals().values()) if callable(v) and getattr(v, "__module__", "") == "__main__"
                      and v not in (stand_in, a_class, hand_in, grade, book, same)]))
