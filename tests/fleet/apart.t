#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""apart.t - fleets on two machines that see nothing of the folder of who asks.

Each function is one test; its name is the sentence that is true when it passes."""

import csv
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "tests/fleet")]
import cluster
import tap
from tap import wait_for

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
QUICK = ("--quick", "--tip", "pools/no-reset")  # among the shortest of runs
HERE = tempfile.TemporaryDirectory()
CLUSTER = None


def remains():
    """What is in the machines' /tmp, which is this one's."""
    return glob.glob("/tmp/twinbench-fleet.*")


def submit(*words):
    """A submission that goes on."""
    env = {**CLUSTER.env, "TWIN_BATCH_US": "500"}
    return subprocess.Popen([PROGRAM, "fleet", "submit", *words], env=env, cwd=HERE.name, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def end(submitted):
    """(exit status, what it said) of one that must leave neither a job nor a file on a machine."""
    said = submitted.communicate(timeout=900)[0]
    jobs = CLUSTER.call("squeue", "-h").stdout
    assert not jobs and not remains(), (jobs, remains(), said)
    return submitted.returncode, said


def begin(name):
    """(the submission of a new fleet, its folder)"""
    results = Path(HERE.name, name)
    submitted = submit("--no-shared", *QUICK, "--results", str(results))
    made = wait_for("a fleet.json", lambda: next(results.glob("*/fleet.json"), None) or submitted.poll() is not None, 60)
    assert made is not True, submitted.communicate()
    return submitted, made.parent


def status(folder):
    said = CLUSTER.call(PROGRAM, "fleet", "status", folder)
    assert said.returncode == 0, said
    return said.stdout


def run_of(folder, node):
    run = (folder / "runs" / node / "done").resolve()
    assert {r["tip"] for r in csv.DictReader((run / "labels.csv").open())} == {"pools/no-reset"}, run
    return run


def no_machine_sees_the_folder_of_who_asks():
    Path(HERE.name, "here").touch()
    seen = CLUSTER.call("srun", "-N", "2", "-n", "2", "--chdir=/tmp", "ls", "-A", HERE.name, cwd=HERE.name)
    assert seen.returncode == 0 and not seen.stdout and os.listdir(HERE.name), seen


def every_machines_run_comes_back_with_its_commit_and_nothing_stays_there():
    submitted, folder = begin("all")
    how, said = end(submitted)
    assert how == 0 and "2 of 2 tasks complete" in said, said
    commits = {json.loads((run_of(folder, node) / "machine.json").read_text())["commit"] for node in CLUSTER.nodes}
    assert commits == {json.loads((folder / "fleet.json").read_text())["commit"]} != {""}, commits
    assert "2 tasks: 2 done" in status(folder), status(folder)
    assert not [p.name for p in folder.iterdir() if p.name.startswith(".apart")], os.listdir(folder)
    again = CLUSTER.call(PROGRAM, "fleet", "submit", folder)
    assert again.returncode == 0 and "nothing to submit" in again.stdout, again
    collected = CLUSTER.call(PROGRAM, "fleet", "collect", folder)
    names = set(re.findall(r"n\d", (folder / "fleet.csv").read_text()))
    assert collected.returncode == 0 and names == set(CLUSTER.nodes) and (folder / "fleet.html").exists(), collected


def main():
    global CLUSTER
    if not os.environ.get("SLURM_ALL"):
        print("1..0 # SKIP make test-slurm asks machines that share nothing")
        return 0
    lacking = cluster.missing()
    if lacking:
        print(f"1..0 # SKIP no {lacking[0]} here; Debian and Ubuntu: apt-get install {cluster.PACKAGES}")
        return 0
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode or os.geteuid():
        print("1..0 # SKIP only root can mount a folder of its own for each machine")
        return 0
    with HERE, cluster.Cluster(as_nobody=False, hidden=HERE.name, kill_wait=30) as CLUSTER:
        return tap.run(tap.tests_of(globals()))


sys.exit(main())
