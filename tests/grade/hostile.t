#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""hostile.t - what a grader is handed on a bad day.

Each file below tests/grade/hostile/ gets a verdict of its own and no point that it has not earned.
Most are refused before they run; fence.t runs the worst of them all the same.  Each eighth here, others with
TEST_TURN=1 to 7, all with GRADE_ALL=1; `make hostile` tries all, in each setting that a teacher may have (settings.t)."""

import os
import sys
from pathlib import Path

os.environ.setdefault("GRADE_GRACE", "300")  # ms; what never ends has this, and 20 times what good takes
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

HERE = cases.ROOT / "tests/grade/hostile"
EVERY = int(os.environ.get("HOSTILE_EVERY", "8"))

sys.exit(cases.try_folder(HERE, lambda found: cases.sample([c for c in found if c.how == "vetted"], EVERY)))
