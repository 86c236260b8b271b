#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""honest.t - right solutions that nobody thought of have all points, half-right ones the right hint.

tests/grade/honest/ has a file for each; a few of them here, all of them with GRADE_ALL=1, and then
with the clock, which is taken for granted here."""

import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases
import gradings

HERE = cases.ROOT / "tests/grade/honest"
EVERY = 31  # shares no factor with how many there are of a tip


def main():
    tap = cases.Tap()
    tap.say(not cases.unkept(HERE), "every file in tests/grade/honest has its verdict", cases.unkept(HERE))
    chosen = list(cases.read(HERE))
    everything = bool(os.environ.get("GRADE_ALL"))
    sample = [c for c in chosen if c.how != "timed"][::EVERY]
    cases.try_all(chosen if everything else sample, () if everything else ("--untimed",), tap.say)
    return tap.end()


try:
    gradings.fence.check()
except gradings.fence.NoFence as e:
    sys.exit(print(f"1..0 # SKIP {e}"))
try:
    status = main()
finally:
    gradings.shelf.clear()
sys.exit(status)
