#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ab_keep.t - `twinbench ab` keeps what it ran, goes on with it, tells how far it is, and draws."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import tap
import typed
from ab_trial import ENVIRONMENT, HERE, PROGRAM, ab, found, refused

ROUND = 8  # runs
WARMUPS = 20  # runs of commands that are this short
RUNS = HERE / "runs"
# Each run adds a letter to a file; the one whose number stands in the file `stop` is Ctrl-C.
COMMAND = "printf {} >> runs; [ $(wc -c < runs) -ne $(cat stop) ] || kill -INT $PPID; echo rows {}"
COMMAND_WITH_COMMA = "printf a >> runs; echo 5", "printf b >> runs; echo 6", "--metric", r"rows, all: (\d+)"
PAIR = COMMAND.format("a", 5), COMMAND.format("b", 6), "--metric", r"rows: rows (\d+)"


def interrupted(folder, after, *arguments):
    """Begin one, which ends in the run of that number; warm-ups are counted."""
    RUNS.write_text("")
    (HERE / "stop").write_text(str(after))
    said = ab(*PAIR, "--out", folder, *arguments)
    (HERE / "stop").write_text("0")
    assert said.returncode == 130 and f"ab --resume {folder} goes on" in said.stderr, (said.returncode, said.stderr)
    return said


def rows(folder):
    return (HERE / folder / "pair-1.csv").read_text().splitlines()


def resumed(folder, *arguments):
    """Go on; how many runs that took, but for the warm-ups."""
    RUNS.write_text("")
    said = ab("--resume", folder, *arguments)
    assert said.returncode == 0, (said.returncode, said.stderr)
    assert "12 blocks, 96 runs in " in said.stdout and "+20.0 % in every run" in said.stdout, said.stdout
    return len(RUNS.read_text()) - WARMUPS, said.stderr


def after_ctrl_c_only_what_is_missing_is_run():
    interrupted("kept", WARMUPS + 3 * ROUND + 5)
    assert len(rows("kept")) - 1 - 3 * ROUND in (4, 5), rows("kept")  # it may end before it is seen
    runs, said = resumed("kept", "--export", "kept.json")
    assert runs == (12 - 3) * ROUND and not said, (runs, said)
    values = found("kept.json")["rows"]
    assert (values["a"], values["b"], values["word"]) == (5, 6, "differs"), values
    assert resumed("kept")[0] == 0, "all of it is there"


def ctrl_c_before_the_first_block_says_that_there_is_none():
    said = interrupted("early", WARMUPS + 3)
    assert "interrupted before there was anything to judge" in said.stderr and not said.stdout, said


def a_damaged_row_costs_its_block_alone():
    interrupted("damaged", WARMUPS + 5 * ROUND + 2)
    path = HERE / "damaged/pair-1.csv"
    lines = path.read_text().splitlines(True)
    assert lines[2 * ROUND + 3].startswith("2,2,"), lines
    lines[2 * ROUND + 3] = "2,2,nonsense\n"
    path.write_text("".join(lines) + "5,7,pair,A,0")
    runs, said = resumed("damaged")
    assert runs == (12 - 5 + 1) * ROUND, runs
    assert f"are not rows: lines {2 * ROUND + 4}, {len(lines) + 1};" in said, said
    assert resumed("damaged")[0] == 0


def rows_that_do_not_follow_each_other_are_no_block():
    """Those of two times, hours apart, could make up one."""
    interrupted("halves", WARMUPS + ROUND + 4)
    path = HERE / "halves/pair-1.csv"
    lines = path.read_text().splitlines(True)
    path.write_text("".join(lines[:3] + [lines[4], lines[3]] + lines[5:]))
    assert resumed("halves")[0] == 12 * ROUND


def what_cannot_go_on_gets_a_line():
    interrupted("begun", WARMUPS + ROUND + 1)
    refused(2, "begun holds a series already; go on with --resume begun", *PAIR, "--out", "begun")
    refused(2, "nowhere: No such file", "--resume", "nowhere")
    (HERE / "empty").mkdir()
    refused(2, "empty holds no series to go on with", "--resume", "empty")
    assert (HERE / "empty").is_dir()
    refused(2, "unknown flag --margin", "--resume", "begun", "--margin", "3%")
    refused(1, "'false' ended with status 1", "true", "false", "--out", "failed")
    assert not (HERE / "failed").exists()
    refused(2, "cannot make nowhere/at/all: No such file", "true", "true", "--out", "nowhere/at/all")
    for name, text, status, words in (("plan.json", "{", 1, "plan.json is no JSON: line 1"),
                                      ("plan.json", '{"repeats": 99, "blocks": 12}', 1, "plan.json is no plan of ours"),
                                      ("plan.json", '{"repeats": 1, "blocks": 12}', 1, "are not those in"),
                                      ("ab.json", '{"argv": [1], "folder": "/"}', 2, "ab.json is not what --out wrote"),
                                      ("ab.json", "nonsense", 2, "ab.json is no JSON")):
        shutil.rmtree(HERE / "spoilt", ignore_errors=True)
        shutil.copytree(HERE / "begun", HERE / "spoilt")
        (HERE / "spoilt" / name).write_text(text)
        refused(status, words, "--resume", "spoilt")
    (HERE / "spoilt/ab.json").unlink()
    (HERE / "spoilt/ab.json").mkdir()
    refused(2, "spoilt/ab.json: it is no file", "--resume", "spoilt")


def a_name_with_a_comma_is_found_again():
    said = ab(*COMMAND_WITH_COMMA, "--out", "comma")
    assert said.returncode == 0, said.stderr
    (HERE / "stop").write_text("0")
    RUNS.write_text("")
    said = ab("--resume", "comma")
    assert said.returncode == 0 and not said.stderr and len(RUNS.read_text()) == WARMUPS, (said.stderr, RUNS.read_text())


def a_file_of_runs_without_its_columns_is_named():
    interrupted("headless", WARMUPS + ROUND + 1)
    path = HERE / "headless/pair-1.csv"
    whole = path.read_text()
    for text in whole.split("\n", 1)[1], whole.replace("block", "black", 1), "\0" * 100, whole[:10]:
        path.write_text(text)
        refused(1, "headless/pair-1.csv does not begin with the names of its columns", "--resume", "headless")


def what_cannot_be_kept_is_refused():
    refused(2, "'true # ?' is not UTF-8", b"true # \xff", "true", "--out", "latin")
    assert not (HERE / "latin").exists()


def on_a_terminal_it_says_what_it_would_say_now():
    ours, its = pty.openpty()
    p = subprocess.Popen([PROGRAM, "ab", "echo 1", "echo 2", "--budget", "1h", "--runs", "96"], cwd=HERE, env=ENVIRONMENT,
                         stdout=subprocess.DEVNULL, stderr=its)
    os.close(its)
    shown = typed.read_to_the_end(ours)
    os.close(ours)
    assert p.wait() == 0
    lines = shown.decode().split("\r\x1b[K")
    assert re.fullmatch(r"block 1 of at most 12, \d+ s left; time as of now [+-][\d.]+ %", lines[1]), lines
    assert re.search(r"block 12 of .*time as of now \S+ % \(\S+ to \S+ %\)", lines[-2]) and lines[-1] == "", lines


def a_chart_is_drawn():
    if not shutil.which("gnuplot"):
        raise tap.Skip("there is no gnuplot")
    said = ab("echo n 5", "echo n 6 '\"`\\'", "--metric", r"n<&>: n (\d+)", "--export", "a.svg", "--export", "a.png")
    assert said.returncode == 0, said.stderr
    texts = ["".join(t.itertext()).strip() for t in xml.parse(HERE / "a.svg").getroot().iter("{http://www.w3.org/2000/svg}text")]
    assert {"n<&>", "differs", "peak memory", "time"} <= set(texts), texts
    assert any("echo n 6 '\"`\\'" in t for t in texts), texts
    assert (HERE / "a.png").read_bytes().startswith(b"\x89PNG")


def a_file_that_could_not_be_made_anew_is_as_it_was():
    (HERE / "old.svg").write_text("old")
    folder = HERE / "without"
    folder.mkdir()
    (folder / "gnuplot").write_text("#!/bin/sh\necho half; echo why >&2; exit 3\n")
    (folder / "gnuplot").chmod(0o755)
    said = subprocess.run([PROGRAM, "ab", "--read", "kept.txt", "BenchmarkA", "BenchmarkB", "--export", "old.svg"], cwd=HERE,
                          capture_output=True, text=True, env={**ENVIRONMENT, "PATH": f"{folder}:{os.environ['PATH']}"})
    assert said.returncode == 1 and "gnuplot, which draws the chart, ended with status 3: why" in said.stderr, said
    assert (HERE / "old.svg").read_text() == "old" and not list(HERE.glob("*.new"))


(HERE / "kept.txt").write_text("BenchmarkA-2 10 5 ns/op\nBenchmarkB-2 10 6 ns/op\n")
sys.exit(tap.run(tap.tests_of(globals())))
