#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kept.t - what is kept on the disk between two gradings is whole, or is made anew.

No file is graded here: each window is opened by hand that a killed grader, a killed tool or a full disk leaves, and
then it is asked what the next grader takes for true.  drill.t has the same from real graders."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases
import build
import classroom
import fence
import gradings
import groups
import kept

TIP = "leaks/range-unclosed"


# A process that holds these as another grader does, until it is ended.  No number tells that it is there, as if it were
# in another container.
HOLDER = "import fcntl, os, sys\n" \
         "for name in sys.argv[1:]:\n" \
         "    fcntl.flock(os.open(name, os.O_RDONLY), fcntl.LOCK_EX)\n" \
         "print(flush=True); sys.stdin.read()\n"


@contextlib.contextmanager
def held_elsewhere(*paths):
    with subprocess.Popen([sys.executable, "-B", "-c", HOLDER, *paths], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield
        process.stdin.close()


def files(tap, folder):
    """One file, written while others have left theirs."""
    folder.mkdir()
    left = [folder / f"book.{name}.new" for name in ("12345", "0123456789abcdef")]
    at_work, other = folder / "book.0123456789abcde0.new", folder / "other.12345.new"
    for path in (*left, at_work, other):
        path.write_text("half")
    with held_elsewhere(at_work):
        kept.write(folder / "book", b"whole")
        tap.say((folder / "book").read_bytes() == b"whole", "a file is written where others were killed, and where one is at work")
        tap.say(not any(p.exists() for p in left), "what killed graders have left of it is gone", left)
        tap.say(at_work.exists() and other.exists(), "what is another's, or of a grader at work, is left alone", (at_work, other))
    kept.write(folder / "book", b"again")
    tap.say(not at_work.exists(), "and goes when that one has ended", at_work)
    kept.write_sealed(folder / "twin", b"program")
    tap.say(kept.read_sealed(folder / "twin") == b"program", "what is sealed is read again")
    whole = (folder / "twin").read_bytes()
    torn = [whole[:n] for n in range(len(whole))] + [whole + b"x", bytes([whole[0] ^ 1]) + whole[1:], whole[:-1] + b"\0"]
    for data in torn:
        (folder / "twin").write_bytes(data)
        if kept.read_sealed(folder / "twin") is not None:
            break
    else:
        data = None
    tap.say(data is None, f"none of {len(torn)} damaged files is taken for the one that was written", data)


def twins(tap, folder):
    """A program of the good twin's, damaged: it is built anew, and is the same."""
    build.make("grade-objects", f"TIP={TIP}")
    kind = build.PLAIN
    ours = folder / "ours"
    ours.mkdir()
    list(build.linked_with(TIP, kind, ours))
    was, build.BUILD = build.BUILD, folder / "build"
    try:
        for name in ("harness.o", "patterns"):
            (folder / "build").mkdir(exist_ok=True)
            (folder / "build" / name).symlink_to((was / name).resolve())
        kind = build.Kind(**{**vars(kind), "folder": build.BUILD})
        first = build.made_before(TIP, "good", kind, ours)
        file, = (folder / "build/grade-twins").iterdir()
        file.write_bytes(file.read_bytes()[:-100])
        again = build.made_before(TIP, "good", kind, ours)
        tap.say(again.program == first.program and len(again.program) > 0, "a damaged program of a twin is built anew",
                (len(first.program), len(again.program)))
        tap.say(kept.read_sealed(file) is not None, "and kept")
    finally:
        build.BUILD = was


def folders(tap, folder):
    """Temporary folders and control groups of graders."""
    folder.mkdir()
    was, tempfile.tempdir = tempfile.tempdir, str(folder)
    left, at_work, link = folder / "grade-1-left", folder / f"grade-{os.getpid()}-at-work", folder / "grade-2-link"
    try:
        for path in (left, at_work):
            (path / "sub").mkdir(parents=True)
        link.symlink_to(at_work)
        ours = gradings.private_folder()
        group = groups.make(1 << 30, 8)
        with held_elsewhere(at_work):
            subprocess.run([sys.executable, "-B", "-c", "import sys; sys.path.insert(0, sys.argv[1]); import gradings; gradings.sweep()",
                            cases.ROOT / "notebooks/grader"], env={**os.environ, "TMPDIR": str(folder)}, check=True)
            tap.say(not left.exists(), "the folder of a killed grader is taken away", left)
            tap.say((at_work / "sub").exists() and link.is_symlink(), "that of a grader at work is not, whatever its number", at_work)
            tap.say(ours.exists() and all(g.exists() for g in group), "nor is one of ours, nor a control group", (ours, group))
        groups.remove(group)
        fence.discard(ours)
        gradings.sweep()
        tap.say(not at_work.exists() and not ours.exists(), "and it is when that one has ended", at_work)
        taken = []

        def make():
            taken.append(Path(tempfile.mkdtemp(prefix="grade-3-")))
            if len(taken) == 1:
                taken[0].rmdir()
            return taken[-1]
        made, fd = kept.make_held(make)
        tap.say(made.exists() and len(taken) == 2, "one that is taken away before it is held is made again", taken)
        os.close(fd)
        taker = []

        def make_taken():
            """One that a sweep finds before it is held, and takes away a moment later."""
            made = Path(tempfile.mkdtemp(prefix="grade-4-"))
            if not taker:
                sweeping = os.open(made, os.O_RDONLY)
                kept.lock(sweeping)
                taker.append(threading.Timer(0.5, lambda: (made.rmdir(), os.close(sweeping))))
                taker[0].start()
            return made
        made, fd = kept.make_held(make_taken)
        taker[0].join()
        tap.say(made.exists(), "so is one that somebody is taking away while it is being held", made)
        os.close(fd)
    finally:
        tempfile.tempdir = was


def faults(tap):
    """What gcc says of itself is no word about the text."""
    own = b"student.c: In function 'op':\n/src/patterns/x/student.c:12:5: internal compiler error: in expand_expr, at expr.cc:9\n" \
          b"Please submit a full bug report, with preprocessed source.\nSee <file:///x/README.Bugs> for instructions.\n"
    deep = b"gcc: internal compiler error: Segmentation fault signal terminated program cc1\nPlease submit a full bug report\n"
    said = build.unfit(fence.Done(4, b"", own), "compiled")
    tap.say(isinstance(said, fence.NotNow) and "student.c line 12: internal compiler error: in expand_expr" in str(said),
            "who meets a fault of the compiler is not judged now", repr(said))
    said = build.unfit(fence.Done(1, b"", own), "compiled")
    tap.say(isinstance(said, build.Unfit), "who only says so is judged", repr(said))
    said = build.unfit(fence.Done(4, b"", deep), "compiled")
    tap.say(isinstance(said, build.Unfit) and "nested too deeply" in str(said), "and who nests without end is told so", repr(said))


def objects(tap, folder):
    """A make that was killed: what it wrote last may be torn.  Its processes may go on without the grader."""
    was, build.BUILD = build.BUILD, folder
    old, new = folder / "old.o", folder / "sub/new.o"
    new.parent.mkdir(parents=True)
    old.write_text("whole")
    os.utime(old, (1, 1))
    try:
        with build.alone():
            new.write_text("torn")
        with build.alone() as lock:
            tap.say(old.exists() and not new.exists(), "what a killed make wrote last is made anew, and nothing else",
                    (old.exists(), new.exists()))
            new.write_text("whole")
            lock.truncate(0)
        with build.alone():
            tap.say(new.exists(), "what a make that came to its end wrote is not")
        script = "import sys, subprocess; sys.path.insert(0, sys.argv[1]); import build; from pathlib import Path\n" \
                 "build.BUILD = Path(sys.argv[2])\n" \
                 "with build.alone() as lock:\n" \
                 "    print(subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL, pass_fds=[lock.fileno()]).pid)\n"
        done = subprocess.run([sys.executable, "-B", "-c", script, cases.ROOT / "notebooks/grader", folder], text=True,
                              stdout=subprocess.PIPE, check=True)
        tap.say(not lock_is_free(folder), "while what an ended grader's make has started is at work, no other make is")
        os.kill(int(done.stdout), 9)
        tap.say(lock_is_free(folder, wait=True), "and then there may be one")
    finally:
        build.BUILD = was


def lock_is_free(folder, wait=False):
    with open(folder / "grade.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
    return True


def ledgers(tap, folder):
    """A class whose ledger is torn, whose results are damaged, whose files cannot be read."""
    for name in ("amy", "bob"):
        (folder / name).mkdir(parents=True)
        (folder / name / (TIP.replace("/", "-") + ".c")).write_text(f"/* {name} */\n")
    here = classroom.open_class(folder)
    amy, bob = (classroom.handed_in(here, name)[0] for name in ("amy", "bob"))
    marks = [classroom.gradings.Mark("answers", True, 40, 40, "right")]
    ledger = classroom.Ledger(here, (1, 1))
    with short_writes(3):
        try:
            ledger.add(amy, 40, "")
            tap.say(False, "a line that was cut short is said")
        except OSError:
            tap.say(True, "a line that was cut short is said")
    ledger.add(bob, 40, "")
    classroom.save_json(ledger, bob, marks)
    again = classroom.Ledger(here, (1, 1))
    tap.say(not again.is_done(amy) and again.is_done(bob), "a line that was cut short costs no other one", again.known)
    result = folder / "graded/bob" / classroom.json_name(bob)
    whole = result.read_bytes()
    for data in (whole[:-20], b"", whole.replace(b'"score": 40', b'"score": 41', 1)):
        result.write_bytes(data)
        tap.say(not again.is_done(bob), f"a results.json of {len(data)} bytes that is not as the ledger says is made anew")
    result.unlink()
    tap.say(not again.is_done(bob), "and so is one that is missing")
    unread(tap, here)
    os.close(here)


def unread(tap, here):
    """An error of the disk, or of a machine without descriptors, is no fault of a student's."""
    was = os.open

    def fails(name, *words, **more):
        if str(name).endswith(".c"):
            raise OSError(5, "Input/output error")
        return was(name, *words, **more)
    os.open = fails
    try:
        job, = classroom.handed_in(here, "amy")
    finally:
        os.open = was
    total, says, _ = classroom.grade_job(job)
    tap.say(total is None and "Input/output error" in says, "a file that cannot be read is not judged now", (total, says))
    was, classroom.open_folder = classroom.open_folder, lambda *_: fails("x.c")
    try:
        found = classroom.handed_in(here, "amy")
    finally:
        classroom.open_folder = was
    row, = classroom.rows(None, {"amy": found}, [TIP])
    tap.say(row["mean"] == classroom.NOT_NOW, "nor is a student whose folder cannot be read", row)


class short_writes:
    """os.write() takes so many bytes, as on a full disk."""

    def __init__(self, most):
        self.most, self.was = most, os.write

    def __enter__(self):
        os.write = lambda fd, data: self.was(fd, data[:self.most])

    def __exit__(self, *_):
        os.write = self.was


def killed(tap):
    """How it is said that one of the processes of a tool was killed, as the tools of gcc 12 to 14 and of clang say it."""
    said = ["Killed", "gcc: fatal error: Killed signal terminated program cc1", "g++: fatal error: Killed signal terminated program collect2",
            "collect2: fatal error: ld terminated with signal 9 [Killed]", "clang++: error: unable to execute command: Killed",
            "clang++: error: linker command failed due to signal (use -v to see invocation)"]
    for words in said:
        tap.say(fence.Done(1, b"", words.encode() + b"\ncompilation terminated.\n").killed(), f"it was killed: {words}")
    for words in ("student.c:3:1: error: unknown type name 'Killed'", "student.c:1:2: error: #error Killed signal 9",
                  "student.c:3:1: error: call to 'f' declared with attribute error:\nKilled\ncompilation terminated due to -fmax-errors=1."):
        tap.say(not fence.Done(1, b"", words.encode()).killed(), f"it was not: {words.splitlines()[0]}")
    users = {fence.nobody() for _ in range(2000)}
    tap.say(len(users) == 2000 or users == {65534}, "no two of many fences have one user, whose processes are counted together", len(users))
    done = fence.run_once(["sh", "-c", "sh -c 'kill -9 $$'; true"], (), (), 20, 0, 1 << 20)
    tap.say(done.killed() and done.status == 0, "a process of a shell that was killed is seen", done)
    for what, words, show, why in (("is killed again and again", "kill -9 $$", (), "was killed"),
                                   ("finds no fence", "true", [("/no/such/file", "/x")], "bwrap: Can't find")):
        try:
            fence.run(["sh", "-c", words], show)
            tap.say(False, f"what {what} is not judged now")
        except fence.NotNow as e:
            tap.say(why in str(e), f"what {what} is not judged now", e)


def processes(tap, folder):
    """The gates, with a student's process that somebody ends, or that does not begin."""
    folder.mkdir()
    twin = f'exec {build.BUILD}/twinbench "$@"'

    def gates(student, asan=None):
        for name, words in (("good", twin), ("student", student), *([("good-asan", twin), ("student-asan", asan)] if asan else ())):
            (folder / name).write_text(f"#!/bin/sh\n{words}\n")
            (folder / name).chmod(0o755)
        return subprocess.run([build.BUILD / "twinbench", "grade", TIP, folder, "--untimed"], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
    done = gates("echo a word; kill -9 $$")
    tap.say(done.returncode == 3 and "not judged now: its processes are killed" in done.stderr,
            "a student whose processes are killed, whatever they had said, is not judged now", done)
    done = gates("echo 'bwrap: Creating new namespace failed' >&2; exit 1")
    tap.say(done.returncode == 3 and "find no fence: bwrap: Creating new namespace failed" in done.stderr,
            "nor is one whose processes find no fence, and it is said what bubblewrap said", done)
    done = gates(f"[ -e {folder}/once ] || {{ touch {folder}/once; echo a word; kill -9 $$; }}; {twin}")
    tap.say(done.returncode == 0 and "answers  passed" in done.stdout, "one that is killed once is started again", done)
    done = gates("echo a word; kill -6 $$")
    tap.say(done.returncode == 0 and "answers  stopped" in done.stdout, "one that aborts has done so himself", done)
    done = gates("echo 'bwrap: Creating new namespace failed' >&2; kill -6 $$")
    tap.say(done.returncode == 0 and "answers  stopped" in done.stdout, "also with the words of a fence", done)
    done = gates(twin.replace('"$@"', 'one "$2" good "${@}"').replace('"${@}"', '$(shift 3; echo "$@")'), asan=twin)
    tap.say(done.returncode == 3 and "the disk is full where a sanitizer reports" in done.stderr,
            "one whose sanitizer could not report is not judged now", done)


def main():
    tap = cases.Tap()
    with tempfile.TemporaryDirectory(prefix="kept-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        files(tap, folder / "files")
        folders(tap, folder / "folders")
        faults(tap)
        objects(tap, folder / "objects")
        ledgers(tap, folder / "class")
        killed(tap)
        processes(tap, folder / "processes")
        twins(tap, folder)
    return tap.end()


sys.exit(cases.behind_fence(main))
