#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""lazy.t - the least that somebody could do does not pass.

tests/grade/lazy/ has files that leave something out: the work, the lock, the wait, the look at what came; or know
the answer beforehand.  Here are one whose work is left out, and two races, which are seen though one worker runs
all tasks and none of them waits for another; all files with GRADE_ALL=1."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

HERE = cases.ROOT / "tests/grade/lazy"
WORK = "stampede-constant-rate"
RACES = ["task-per-item-unlocked-sum", "sync-map-for-writes-no-lock"]
build = cases.gradings.build


def race_on_one_worker(case):
    """What is said of a race between its tasks."""
    kind = next(k for k in build.KINDS if k.suffix == "-tsan")
    build.make("grade-objects-tsan", f"TIP={case.tip}")
    with tempfile.TemporaryDirectory(prefix="lazy-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        build.put(case.tip, "student", kind, build.make_all(case.tip, case.path, kind, folder), folder)
        subprocess.run([folder / "student-tsan", "one", case.tip, "good", "--workers", "1", "--clients", "16", "--ops", "64"],
                       check=True, stdout=subprocess.DEVNULL)
        return cases.gradings.reports.sentence(folder, "tsan")


def main():
    tap, found = cases.Tap(), {c.path.stem: c for c in cases.read(HERE)}
    tap.say(not cases.unkept(HERE), "every file in tests/grade/lazy has its verdict", cases.unkept(HERE))
    if cases.TSAN_IS_HERE:
        for name in RACES:
            said = race_on_one_worker(found[name])
            tap.say("data race" in said, f"{name}: with one worker too", said)
    cases.try_all(list(found.values()) if os.environ.get("GRADE_ALL") else [found[WORK]], (), tap.say)
    return tap.end()


sys.exit(cases.behind_fence(main))
