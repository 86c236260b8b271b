#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""experiment.t - what the experiment says that other tools say is what they say.

Each function is one test; its name is the sentence that is true when it passes."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "bench/studies/experiment")]
import ab_study
import rivals
import tap

# The example in benchstat's documentation, and the p that it prints of each.
GOB = (13552735, 13553943, 13606356, 13683198), (11773189, 11942588, 11786159, 11628583, 11815924)
ENCODE = (32395067, 32334214, 31992891, 31735022), (32036529, 32156552, 31288355, 31559706, 31765634)


def the_test_of_benchstat_gives_what_benchstat_prints():
    assert [f"{rivals.u_test(*pair):.3f}" for pair in (GOB, ENCODE)] == ["0.016", "0.286"]
    assert rivals.u_test(GOB[1], GOB[0]) == rivals.u_test(*GOB), "which of them is called A"


def equal_values_share_their_rank():
    assert rivals.doubled_ranks([5, 7, 5, 9]) == [3, 6, 3, 8]
    assert rivals.u_test([1] * 10, [1] * 10) == 1
    assert rivals.u_test([1, 1], [1, 2]) == 1, "2 of the 4 choices are as far from the middle, on either side"
    assert abs(rivals.u_test(range(10), range(10, 20)) - 2 / 184756) < 1e-12


def ten_runs_are_apart_from_a_u_of_23_on():
    """The critical value in any table of the test, for 10 and 10 at 5 %."""
    def p(u):  # where a value of A's exceeds one of B's u times in all
        b = [100 + i for i in range(10)]
        a = [i for i in range(10)]
        for k in range(10):  # move A's values past B's, from the largest on
            past = min(10, u - 10 * k)
            if past > 0:
                a[9 - k] = 99.5 + past + k / 100
        return rivals.u_test(a, b)
    assert p(23) <= rivals.ALPHA < p(24), (p(23), p(24))


def the_summary_is_the_one_that_hyperfine_prints():
    if not shutil.which("hyperfine"):
        raise tap.Skip("there is no hyperfine")
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "h.json"
        for commands in (("sleep 0.005", "sleep 0.01"), ("sleep 0.01", "sleep 0.005")):
            said = subprocess.run(["hyperfine", "-N", "--runs", "3", "--style", "basic", "--export-json", kept, *commands],
                                  check=True, capture_output=True, text=True).stdout
            printed = re.search(r"([\d.]+) ± ([\d.]+) times faster", said)
            ours = rivals.summary(*json.loads(kept.read_text())["results"])
            assert printed.groups() == tuple(f"{x:.2f}" for x in ours), (said, ours)


def a_word_needs_a_difference_and_has_a_direction():
    assert [rivals.relation(*x) for x in ((1.2, True), (0.8, True), (1.2, False))] == ["slower", "faster", "same"]


def commits_differ_in_the_effect_alone():
    if not shutil.which("git"):
        raise tap.Skip("there is no git")
    with tempfile.TemporaryDirectory() as folder:
        at = ab_study.repository(Path(folder) / "repository")

        def changed(commit):
            return subprocess.run(["git", "diff", "--unified=0", "plus-0", commit], cwd=at, check=True, capture_output=True,
                                  text=True).stdout.splitlines()[5:]
        assert changed("plus-0-again") == []
        for effect in ab_study.EFFECTS[1:]:
            assert changed(f"plus-{effect}") == ["-#define PERCENT 0", f"+#define PERCENT {effect}"], changed(f"plus-{effect}")


sys.exit(tap.run(tap.tests_of(globals())))
