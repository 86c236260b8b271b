#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""old_run.t - a run that an older version left is compared and reported still.

tests/fixtures/old-run was measured by the version before verdicts.csv had numbers of its
own; its samples are thinned out, and its words are those of its one tip.

Each function is one test; its name is the sentence that is true when it passes."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "plots"), str(ROOT / "bench/python"), str(ROOT / "tests/lib")]

import sentences
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
TIP = "channels/timer-per-iteration"


def twinbench(*args):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True)


def old(name):
    return shutil.copytree(ROOT / "tests/fixtures/old-run", TEMPORARY / name)


def newer(name):
    """The same run as this version would have stored it: with numbers, and one verdict another."""
    run = old(name)
    header, *rows = (run / "verdicts.csv").read_text().splitlines()
    rows = [row + (",128,8192,0,0" if ",count," in row else ",,,,") for row in rows]
    rows = [row.replace("holds,holds,c,24", "refuted,holds,c,24") if TIP + ",1" in row else row for row in rows]
    (run / "verdicts.csv").write_text("\n".join([header + ",bad_first,bad_last,good_first,good_last", *rows, ""]))
    return run


def two_old_runs_are_compared():
    said = twinbench("compare", "--no-chart", old("a"), old("b"))
    assert said.returncode == 0, said.stderr
    assert "verdicts that changed: 0 of 5\n" in said.stdout, said.stdout
    assert f"{TIP} time\n  A     12.95x (7.85 to 16.95)" in said.stdout, said.stdout


def an_old_run_is_compared_with_a_newer_one():
    said = twinbench("compare", "--no-chart", old("before"), newer("after"))
    assert said.returncode == 0, said.stderr
    assert "verdicts that changed: 1 of 5\n" in said.stdout, said.stdout
    for letter, word in (("A", "holds"), ("B", "refuted")):
        line = f"  {letter}  bad 128 -> 8192, good 0 -> 0".ljust(58) + word + "\n"
        assert line in said.stdout, said.stdout


def an_old_run_is_reported_in_every_format_it_has():
    run = old("formats")
    said = twinbench("report", run, "--format", "csv")
    assert said.returncode == 0 and said.stdout == (run / "verdicts.csv").read_text(), said.stderr
    said = twinbench("report", run, "--format", "gobench")
    assert said.returncode == 0, said.stderr
    assert said.stdout.count(f"\nBenchmarkTwin/{TIP}/twin=") == 8, said.stdout
    said = twinbench("report", run, "--format", "gbench")
    assert said.returncode == 1 and "no gbench.json in " in said.stderr, said.stderr


def the_report_of_an_old_run_tells_what_its_words_say():
    run = old("html")
    said = twinbench("report", run)
    assert said.returncode == 0, said.stderr
    page = (run / "report.html").read_text()
    assert "timers: bad 128 → 8,192, good 0 → 0" in page
    assert re.search(r"resident memory: bad 9[\d,.]* B a request, good [\d.-]+ B a request", page)


def a_sentence_of_the_run_counts_more_than_its_words():
    words = {"verdict": "holds", "kind": "count", "column": "timers", "bad": "4 -> 1024", "good": "0 -> 0"}
    assert sentences.found(words) == "timers: bad 4 → 1,024, good 0 → 0"
    assert sentences.found(words | {"sentence": "bad leaves 1 timer a request; good none"}) == "bad leaves 1 timer a request; good none"


TESTS = [f for f in list(globals().values()) if getattr(f, "__module__", "") == "__main__"
         and callable(f) and f.__doc__ is None and "_" in f.__name__]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TEMPORARY = Path(folder)
        sys.exit(tap.run(TESTS))
