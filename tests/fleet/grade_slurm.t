#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""grade_slurm.t - a class graded by a cluster of two machines, both of them this one.

Each function is one test; its name is the sentence that is true when it passes."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "tests/fleet")]
import cluster
import tap

TIP = "leaks/range-unclosed"
NAME = TIP.replace("/", "-")
CLUSTER = None


def command(folder, *words):
    return "make", "-s", "grade-all", f"DIR={folder}", f"B={os.environ.get('B', 'build')}", "ON=slurm", *words


def make(folder, *words):
    return CLUSTER.call(*command(folder, *words), cwd=ROOT, seconds=280)


def classroom():
    """Two who have it right and one who has not."""
    folder = CLUSTER.folder / "class"
    if not folder.exists():
        folder.mkdir(mode=0o755)
        for student, twin in (("ada", "good"), ("bob", "bad"), ("eve", "good")):
            (folder / student).mkdir()
            shutil.copy(ROOT / "patterns" / TIP / f"{twin}.c", folder / student / f"{NAME}.c")
    return folder


def lines(folder):
    """What was graded, by student."""
    return [json.loads(l)["student"] for p in (folder / "graded").glob("results*.jsonl") for l in p.read_text().splitlines() if l]


def a_class_is_graded_in_shards_and_becomes_one_gradebook():
    folder = classroom()
    said = make(folder)
    assert said.returncode == 0, said
    marks = {r["student"]: r[TIP] for r in csv.DictReader((folder / "gradebook.csv").open())}
    assert marks["ada"] == marks["eve"] == "100" and float(marks["bob"]) < 60, marks
    assert sorted(lines(folder)) == ["ada", "bob", "eve"], lines(folder)
    assert {p.name for p in (folder / "graded").glob("results*")} >= {"results-1-of-2.jsonl", "results-2-of-2.jsonl"}
    machines = {(folder / "graded" / f"shard-{i}-of-2.log").read_text().split()[1] for i in (1, 2)}
    assert machines == {"n1:", "n2:"}, machines


def a_second_time_only_what_is_missing_is_graded():
    folder = classroom()
    (folder / "zoe").mkdir()
    shutil.copy(ROOT / "patterns" / TIP / "good.c", folder / "zoe" / f"{NAME}.c")
    said = make(folder, "SHARDS=3")
    assert said.returncode == 0, said
    assert sorted(lines(folder)) == ["ada", "bob", "eve", "zoe"], lines(folder)
    assert "zoe,100" in (folder / "gradebook.csv").read_text()


def a_shard_that_fails_is_named_and_no_job_is_left():
    folder = classroom()
    folder.chmod(0o777)  # which the grader refuses
    said = make(folder)
    assert said.returncode != 0 and "2 shards of 2 came to no end (1 and 2)" in said.stderr and "shard-1-of-2.log" in said.stderr, said
    assert not CLUSTER.call("squeue", "-h").stdout
    folder.chmod(0o755)


def what_slurm_says_when_it_ends_a_shard_is_repeated_and_the_same_command_goes_on():
    folder = classroom()
    for student in ("kim", "leo"):
        (folder / student).mkdir()
        shutil.copy(ROOT / "patterns" / TIP / "good.c", folder / student / f"{NAME}.c")
    grading = subprocess.Popen(command(folder, "SHARDS=1"), env=CLUSTER.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    begun = folder / "graded/shard-1-of-1.log"
    cluster.wait_for("the shard", lambda: begun.exists() and ": job " in begun.read_text())
    job = begun.read_text().partition(": job ")[2].partition(",")[0]
    assert CLUSTER.call("scancel", job).returncode == 0
    _, said = grading.communicate(timeout=280)
    assert grading.returncode and "shard 1: Slurm ended it: CANCELLED AT " in said and "the same command goes on" in said, said
    said = make(folder, "SHARDS=1")
    marks = {r["student"]: r[TIP] for r in csv.DictReader((folder / "gradebook.csv").open())}
    assert said.returncode == 0 and marks["kim"] == marks["leo"] == "100", (said, marks)


def what_cannot_be_is_one_line():
    assert "ON=slurm, or nothing, not ON=pbs" in subprocess.run(["make", "-s", "grade-all", "DIR=x", "ON=pbs"], cwd=ROOT, capture_output=True, text=True).stderr
    assert "no partition 'nix' here" in make(classroom(), "PARTITION=nix").stderr
    assert "there is no folder" in make("/nowhere").stderr


def main():
    global CLUSTER
    if not os.environ.get("SLURM_ALL"):
        print("1..0 # SKIP make test-slurm grades a class on a cluster")
        return 0
    lacking = cluster.missing() or [p for p in ("bwrap",) if not shutil.which(p)]
    if lacking:
        print(f"1..0 # SKIP no {lacking[0]} here; Debian and Ubuntu: apt-get install {cluster.PACKAGES} bubblewrap")
        return 0
    with cluster.Cluster(as_nobody=False) as CLUSTER:
        return tap.run(tap.tests_of(globals()))


sys.exit(main())
