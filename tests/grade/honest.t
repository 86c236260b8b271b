#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""honest.t - right solutions that nobody thought of have all points, half-right ones the right hint.

tests/grade/honest/ has a file for each.  Here are a right one of two of four tips and half of the kinds of
mistakes, of each the first that is made; TEST_TURN=1 tries the others.  All files with GRADE_ALL=1, and
then with the clock, which is taken for granted here."""

import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

HERE = cases.ROOT / "tests/grade/honest"
TIPS = ["leaks/range-unclosed", "pools/no-reset", "defer/lock-hot-path", "pools/buffer-per-parse"]
MISTAKES = ["AddressSanitizer", "use-after-poison", "^wrong", "^PANICS", "^STUCK", "^DIES", "memory", "work is left out",
            " is 0 in the end", "good has", "tasks left: "]
if cases.TSAN_IS_HERE:
    MISTAKES.append("ThreadSanitizer")


def sample(found):
    of_tip = {tip: [c for c in found if c.tip == tip and c.how != "timed"] for tip in TIPS}
    right = [c for some in of_tip.values() for c in cases.of_each_kind(some, ["^$"])]
    wrong = cases.of_each_kind([c for some in of_tip.values() for c in some], MISTAKES)
    return cases.sample(right, 2) + cases.sample(wrong, 2)


everything = bool(os.environ.get("GRADE_ALL"))
sys.exit(cases.try_folder(HERE, list if everything else sample, () if everything else ("--untimed",)))
