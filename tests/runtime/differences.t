#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""differences.t - runtime/DIFFERENCES.md says nothing that no test shows."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/runtime"


def rows(page):
    """[(what, the tests it names)] of all tables."""
    cells = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    return [(c[0].strip(), re.findall(r"`(\w+)`", c[-1])) for c in cells if c[-1].strip() not in ("shown by", "---")]


def unshown(page, tests):
    found = rows(page)
    assert len(found) > 20, f"only {len(found)} rows"
    return [f"{what}: {', '.join(names) or 'no test'}" for what, names in found
            if not names or not set(names) <= tests]


def run_by_a_test():
    """The names that a test program gives to cmocka."""
    texts = [p.read_text() for p in HERE.glob("test_*.c")]
    return {name for text in texts for name in re.findall(r"\b(?:TEST|cmocka_unit_test)\((\w+)\)", text)}


page, tests = (ROOT / "runtime/DIFFERENCES.md").read_text(), run_by_a_test()
wrong = unshown(page, tests)
planted = unshown(page + "| it flies | it walks | `no_test_of_that_name` |\n| it swims | it walks | a test |\n", tests)
checks = [(not wrong, "every difference from Go has a test that shows it", wrong),
          (len(planted) - len(wrong) == 2, "a difference without one is found", planted)]
for number, (ok, what, why) in enumerate(checks, 1):
    print(f"{'ok' if ok else 'not ok'} {number} - {what}", *([] if ok else [f"# {w}" for w in why]), sep="\n")
print(f"1..{len(checks)}")
sys.exit(not all(ok for ok, _, _ in checks))
