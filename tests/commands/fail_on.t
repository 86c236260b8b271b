#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""fail_on.t - `bench --fail-on` ends with 4 on what it names, and with 0 on what is not there.

Each function is one test; its name is the sentence that is true when it passes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
TIP = "pools/no-reset"  # a myth, by what its twins answer: no time decides it
RESULTS = tempfile.TemporaryDirectory()
os.environ.setdefault("TWIN_BATCH_US", "500")  # no time is judged here


def bench(*arguments):
    return subprocess.run([PROGRAM, "bench", "--results", RESULTS.name, *arguments], cwd=ROOT, capture_output=True, text=True)


def a_saying_with_that_label_ends_the_run_with_4_and_is_named():
    said = bench("--quick", "--tip", TIP, "--fail-on", "myth")
    assert said.returncode == 4, (said.returncode, said.stderr)
    assert f"twinbench: --fail-on myth: {TIP}: " in said.stderr, said.stderr
    assert list(Path(RESULTS.name).rglob("report.html")), "there is a report all the same"


def what_was_measured_is_judged_again_without_measuring():
    for words, status in (("true,undecided,depends,unexpected", 0), ("unexpected,myth", 4)):
        said = bench("--resume", "--fail-on", words)
        assert said.returncode == status, (words, said.returncode, said.stderr)


def without_it_a_myth_is_no_failure():
    said = bench("--resume")
    assert said.returncode == 0, (said.returncode, said.stderr)


def a_word_that_is_none_is_a_mistake_on_the_command_line():
    said = bench("--quick", "--tip", TIP, "--fail-on", "myths")
    assert said.returncode == 2 and "not 'myths'" in said.stderr, (said.returncode, said.stderr)


sys.exit(tap.run(tap.tests_of(globals())))
