#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""run.t - what runs the tests: no test passes that did nothing, and none is left running."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT


def proved(script, seconds=300, **more):
    """(does prove take it for passed, what it said) of a test that is this shell script."""
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder, "one.t")
        test.write_text("#!/bin/sh\n" + script)
        test.chmod(0o755)
        said = subprocess.run(["prove", "--exec", "tests/lib/run", test], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env={**os.environ, "TEST_SECONDS": str(seconds)}, **more)
    return said.returncode == 0, said.stdout


def passes(script):
    passed, said = proved(script)
    assert passed, said


def fails(script):
    passed, said = proved(script)
    assert not passed, said


def a_test_that_passes_and_one_that_fails_are_told_apart():
    passes("echo 1..1; echo ok 1 - it is so")
    fails("echo 1..1; echo not ok 1 - it is so")


def a_test_that_says_nothing_fails():
    fails("exit 0")


def a_plan_of_no_tests_fails_unless_it_gives_a_reason():
    fails("echo 1..0")
    passes("echo '1..0 # SKIP no compiler here'")


def a_test_that_cmocka_skips_is_no_failure():
    passes("echo 1..1; echo 'not ok 1 # SKIP'")


def a_plan_that_is_not_kept_fails():
    fails("echo 1..2; echo ok 1 - one of two")


def a_test_that_ends_badly_fails_though_its_tests_passed():
    fails("echo 1..1; echo ok 1 - it is so; exit 3")


def a_test_that_hangs_fails_and_is_gone():
    begin = time.monotonic()
    passed, said = proved("echo 1..1; echo ok 1 - it is so; exec sleep 1000", 1)
    assert not passed and time.monotonic() - begin < 500, said


# 32 and 33, the highest bit of the eighth digit and the one above it, are glibc's own: whoever is started by its
# posix_spawn(), as by make, ignores them.
def no_test_ignores_a_signal_that_its_starter_does():
    def nohup():
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
    passed, said = proved("""echo 1..1; ignored=$(sed -n 's/^SigIgn:[[:space:]]*//p' /proc/self/status)
                          case $ignored in *[08]0000000) ;; *) echo "ignored: $ignored" >&2; printf 'not ' ;; esac
                          echo ok 1 - it ignores none""", preexec_fn=nohup)
    assert passed, said


def a_check_that_says_nothing_fails():
    said = subprocess.run(["awk", "-f", "tests/lib/tap.awk"], cwd=ROOT, input="0 passed, 0 failed\n", text=True,
                          stdout=subprocess.PIPE).stdout
    assert said == "# 0 passed, 0 failed\nnot ok 1 - a claim was looked at\n1..1\n", said


def functions_without_parameters_are_tests_whatever_is_written_below_their_name():
    module = {"__name__": "__main__"}
    exec('def it_is_so():\n "A sentence."\ndef a_helper(x): pass\ndef helper(): pass\n', module)
    assert [f.__name__ for f in tap.tests_of(module)] == ["it_is_so"]


def no_tests_at_all_fail():
    with contextlib.redirect_stdout(io.StringIO()):
        assert tap.run([]) == 1


sys.exit(tap.run(tap.tests_of(globals())))
