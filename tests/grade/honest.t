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

HERE = cases.ROOT / "tests/grade/honest"
EVERY = 31  # shares no factor with how many there are of a tip

everything = bool(os.environ.get("GRADE_ALL"))
sys.exit(cases.try_folder(HERE, lambda found: found if everything else [c for c in found if c.how != "timed"][::EVERY],
                          () if everything else ("--untimed",)))
