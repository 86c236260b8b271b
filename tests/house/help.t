#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""help.t - `make help` names every target that may be typed, and nothing else."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, fails, none, plant

# Asked for by the makefiles and by notebooks/grade.py, never by a user.
INTERNAL = {"FORCE", "differential", "go-twins", "go-strictly", "go-placements", "detectors-built", "grade-objects", "grade-libraries"}


def make(folder, *words):
    kept = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(["make", "-rR", *words], cwd=folder, capture_output=True, text=True, env=kept).stdout


def targets(folder):
    """What make itself takes for a target that is no file."""
    found = re.search(r"^\.PHONY: (.*)", make(folder, "-pq", "help"), re.M)
    assert found, "looked at nothing: make knows no phony target"
    return set(found[1].split())


def named(folder):
    """The targets that the help names."""
    found = re.findall(r"^  make (.+?)(?:  |$)", make(folder, "help"), re.M)
    assert found, "looked at nothing: make help names no target"
    return {name for line in found for name in line.split(", ")}


def unsaid(folder):
    return [f"make help does not say what `make {t}` does: put a comment with ## above it"
            for t in sorted(targets(folder) - named(folder) - INTERNAL)]


def every_target_is_in_the_help():
    none(unsaid(ROOT))


def everything_in_the_help_is_a_target():
    none(f"make help names {t}, which is no phony target" for t in sorted(named(ROOT) - targets(ROOT)))


def the_help_fits_eighty_columns():
    none(line for line in make(ROOT, "help").splitlines() if len(line) > 80)


# The tests of the test.

def with_makefile(check, text):
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), {"Makefile": text + f"help:\n\t@awk -f {ROOT}/bench/help.awk $(MAKEFILE_LIST)\n"})
        return check(Path(folder))


def a_planted_target_without_a_word_is_named():
    found = with_makefile(unsaid, ".PHONY: a b help\n## one\na: ; true\nb: ; true\n## this\n")
    assert found == ["make help does not say what `make b` does: put a comment with ## above it"], found


def targets_that_share_a_line_are_all_named():
    assert with_makefile(named, "## both\nan-only another-one:: ; true\n## this\n") == {"an-only", "another-one", "help"}


def a_makefile_without_targets_or_help_fails():
    fails("looked at nothing", with_makefile, targets, "")
    fails("looked at nothing", with_makefile, named, "")


sys.exit(tap.run(tap.tests_of(globals())))
