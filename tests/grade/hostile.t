#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""hostile.t - what a grader is handed on a bad day.

Each file below tests/grade/hostile/ gets a verdict of its own and no point that it has not earned.
Most are refused before they run; the worst are run all the same, with the look at their object left out, to see that
the sandbox holds alone.  Afterwards nothing is left of them: no file, no process."""

import os
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("GRADE_GRACE", "300")  # ms; what never ends has this, and 20 times what good takes
ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/grade/hostile"
sys.path.insert(0, str(ROOT / "notebooks"))
sys.dont_write_bytecode = True
import grade
import sandbox

TIP = "leaks/range-unclosed"
LEFT_BEHIND = [ROOT / "patterns/hostile-was-here", ROOT / "hostile-was-here", Path("/tmp/hostile-was-here")]

# file: least and most points, what the verdict says
VETTED = {
    "endless-loop": (0, 0, "STUCK at OPS 4: did not end within"),
    "deadlock": (0, 0, "STUCK at OPS 4: fatal error: all tasks are asleep"),
    "fork-bomb": (0, 0, "refers to fork, which a twin has no use for"),
    "endless-output": (0, 0, "STUCK at OPS 4"),
    "allocate": (0, 0, "(DIES|STUCK) at OPS 4"),
    "crash": (0, 0, r"DIES at OPS 4: .*(signal 11|[Ss]egmentation|crash)"),
    "stack-overflow": (0, 0, "(DIES|PANICS) at OPS 4"),
    "panic": (0, 0, "PANICS at OPS 4: panic: close of closed channel"),
    "exit-zero": (0, 0, "refers to exit, which"),
    "constructor": (0, 0, "would run before or after everything else"),
    "own-main": (0, 0, "defines main, which the harness has already"),
    "own-claims": (0, 0, "defines leaks_range_unclosed_tip, which the harness has already"),
    "own-runtime": (0, 0, "defines chan_make, which the harness has already"),
    "calls-good": (0, 0, "refers to leaks_range_unclosed_good, which"),
    "forged-counts": (0, 0, "refers to sched, which"),
    "internal-header": (0, 0, r"does not compile: student.c line \d+: wait/chan_impl.h: No such file"),
    "include-good": (0, 0, r"does not compile: student.c line \d+: good.c: No such file"),
    "include-other": (0, 0, "does not compile: .*range-unclosed/good.c: No such file"),
    "include-passwd": (0, 0, "does not compile: .*/etc/passwd: No such file"),
    "incbin-passwd": (0, 0, "does not compile: .*/etc/passwd"),
    "system": (0, 0, "refers to system, which"),
    "write-repo": (0, 0, "refers to fopen, which"),
    "kill-parent": (0, 0, "refers to (getppid|kill), which"),
    "read-seed": (0, 0, "refers to (fopen|fread), which"),
    "raw-syscall": (0, 0, "calls the kernel by itself"),
    "precomputed": (0, 39, r"wrong answers to the \d+ requests from number \d+ on"),
    "no-work": (40, 59, "tasks_started 0, good has 4"),
    "sleeping": (80, 90, "slower than good|a timed process came out STUCK"),
    "hidden-leak": (0, 0, "refers to exit, which"),
    "wrong-for-large": (1, 39, r"wrong answers to the \d+ requests from number \d{7,} on"),
    "data-race": (40, 40, r"ThreadSanitizer: data race student.c:\d+"),
    "use-after-free": (40, 40, r"AddressSanitizer: heap-use-after-free student.c:\d+"),
    "header-error": (0, 0, r"does not compile: [\w.-]+\.h line \d+"),
    "syntax-error": (0, 0, "does not compile: student.c line 7: expected expression"),
    "no-twin": (0, 0, "defines no twin: its last line must be"),
    "huge-object": (0, 0, "does not compile"),
    "includes-itself": (0, 0, "does not compile: student.c line 3: #include nested"),
    "half-fixed": (40, 59, "channels 4, good has 0"),
    "honest": (100, 100, "^$"),
    # made below
    "no-file": (0, 0, "there is no such file to read"),
    "empty": (0, 0, "is empty"),
    "binary": (0, 0, "is not text: byte 7 is 0"),
    "not-utf-8": (0, 0, "does not compile: student.c line 2"),
    "10-megabytes": (0, 0, "is 10,485,760 bytes long; a twin has about 40 lines"),
}
UNVETTED = {
    "fork-bomb": (0, 0, "STUCK at OPS 4"),
    "exit-zero": (0, 0, r"DIES at OPS 4: ended by exit\(0\) before its measurement was over"),
    "constructor": (0, 0, r"DIES at OPS 4: ended by exit\(0\) before its measurement was over"),
    "own-main": (40, 59, "tasks_started 0, good has 4"),
    "system": (0, 0, "wrong answers"),
    "write-repo": (0, 0, "wrong answers"),
    "kill-parent": (40, 59, "tasks_started 0, good has 4"),
    "read-seed": (0, 0, "wrong answers"),
    "raw-syscall": (0, 0, r"DIES at OPS 4: ended by exit\(0\) before its measurement was over"),
    "hidden-leak": (0, 0, r"DIES at OPS 4: ended by exit\(0\) before its measurement was over"),
}
MADE = {
    "empty": b"",
    "binary": b"\x7fELF\x02\x01\x01" + bytes(512),
    "not-utf-8": b'#include "scene.h"\nstatic int gr\xfc\xdfe;\n',
    "10-megabytes": b"/* " + b"x" * (10 * (1 << 20) - 3),
}


def path_of(name, folder):
    if name not in MADE:
        return HERE / f"{name}.c"
    path = folder / f"{name}.c"
    path.write_bytes(MADE[name])
    return path


def try_one(job):
    name, (least, most, words), vetted, folder = job
    begin = time.monotonic()
    try:
        marks = grade.grade(TIP, path_of(name, folder), vetted)
    except Exception as e:
        return name, False, f"grading failed: {e!r}"
    total, says = grade.total(marks), grade.first_look(marks)
    ok = least <= total <= most and re.search(words, says.partition(": ")[2])
    took = time.monotonic() - begin
    return name, ok, f"{total} points in {took:.1f} s, {says!r}; expected {least} to {most}, {words!r}"


def strangers():
    """Processes of the sandbox's user."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            uid = re.search(r"^Uid:\s+(\d+)", status.read_text(), re.M)
        except OSError:
            continue
        if uid and int(uid[1]) == sandbox.nobody():
            found.append(status.parent.name)
    return found


def all_gone():
    """The kernel takes a moment to end what was inside a sandbox."""
    deadline = time.monotonic() + 10
    while strangers() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not strangers()


def main():
    number = 0

    def say(ok, name, why):
        nonlocal number
        number += 1
        print(f"{'ok' if ok else 'not ok'} {number} - {name}")
        if not ok:
            print(f"# {why}")
        sys.stdout.flush()

    grade.check_tip(TIP)
    if "-tsan" not in grade.kinds_for(TIP):
        VETTED["data-race"] = (100, 100, "^$")  # without clang nobody sees it
    if not sandbox.has_bubblewrap():  # the weaker fence: what everybody may read can be read
        VETTED["include-passwd"] = (0, 0, "does not compile: ")
        VETTED["incbin-passwd"] = (0, 59, "")
    unkept = {p.stem for p in HERE.glob("*.c")} - set(VETTED)
    say(not unkept, "every file in tests/grade/hostile has its verdict here", unkept)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as two:
        jobs = [(n, want, True, Path(folder)) for n, want in VETTED.items()]
        if sandbox.has_bubblewrap():
            jobs += [(n, want, False, Path(folder)) for n, want in UNVETTED.items()]
        for job, (name, ok, why) in zip(jobs, two.map(try_one, jobs)):
            say(ok, name if job[2] else f"{name}, let in", why)
    say(not any(p.exists() for p in LEFT_BEHIND), "nothing was written outside", LEFT_BEHIND)
    if os.geteuid() == 0:
        say(all_gone(), "no process is left", strangers())
    print(f"1..{number}")


try:
    sandbox.check()
except sandbox.NoSandbox as e:
    sys.exit(print(f"1..0 # SKIP {e}"))
main()
