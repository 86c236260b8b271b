#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""apart.t - fleets on two machines that see nothing of the folder of who asks.

Each function is one test; its name is the sentence that is true when it passes."""

import csv
import glob
import json
import os
import re
import shutil
import signal
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


def submit(*words, srun=None):
    """A submission that goes on.  srun: the folder of one to be found before Slurm's."""
    env = {**CLUSTER.env, "TWIN_BATCH_US": "500"}
    if srun:
        env["PATH"] = f"{srun}:{env['PATH']}"
    return subprocess.Popen([PROGRAM, "fleet", "submit", *words], env=env, cwd=HERE.name, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def end(submitted):
    """(exit status, what it said) of one that must leave neither a job nor a file on a machine."""
    said = submitted.communicate(timeout=900)[0]
    wait_for(lambda: f"{CLUSTER.call('squeue', '-h').stdout} {remains()} {said}", lambda: not CLUSTER.call("squeue", "-h").stdout and not remains(), 60)
    return submitted.returncode, said


def begin(name, **more):
    """(the submission of a new fleet, its folder)"""
    results = Path(HERE.name, name)
    submitted = submit("--no-shared", *QUICK, "--results", str(results), **more)
    made = wait_for("a fleet.json", lambda: next(results.glob("*/fleet.json"), None) or submitted.poll() is not None, 60)
    assert made is not True, submitted.communicate()
    return submitted, made.parent


def measuring(node):
    """Waits until its machine is in the middle of a run."""
    wait_for(f"40 processes of {node}", lambda: any(len(Path(p).read_text().splitlines()) > 40
                                                    for p in glob.glob(f"/tmp/twinbench-fleet.*/runs/{node}/{node}/2*/samples.csv")), 600)


def told(submitted, line):
    """Reads until it says that."""
    for said in submitted.stdout:
        if said == f"{line}\n":
            return
    raise AssertionError(f"it ended without '{line}'")


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


def ctrl_c_ends_the_jobs_and_keeps_what_came_back_and_the_rest_is_asked_again():
    other = subprocess.Popen(["srun", "-w", "n2", "--exclusive", "--chdir=/tmp", "sleep", "900"], env=CLUSTER.env, stdin=subprocess.DEVNULL,
                             start_new_session=True)
    wait_for("n2 to be taken", lambda: CLUSTER.idle() == 1)
    submitted, folder = begin("ctrl-c")
    told(submitted, "twinbench: n1: complete")
    assert "1 done, 1 waiting" in status(folder), status(folder)
    CLUSTER.call("scancel", "-w", "n2", "--state=RUNNING")
    other.wait(60)
    measuring("n2")
    assert "1 done, 1 running" in status(folder), status(folder)
    submitted.send_signal(signal.SIGINT)
    how, said = end(submitted)
    assert how == 130 and "n2: failed: cancelled before it was complete" in said and f"twinbench fleet submit {folder}\n" in said, (how, said)
    assert "1 done, 1 failed" in status(folder), status(folder)
    first = run_of(folder, "n1")
    how, said = end(submit(folder))
    assert how == 0 and "n2: complete" in said and "n1" not in said and "1 of 1 task complete" in said, (how, said)
    assert run_of(folder, "n1") == first and run_of(folder, "n2") and "2 tasks: 2 done" in status(folder), status(folder)


def a_machine_that_dies_in_the_middle_is_named_and_the_other_is_not_disturbed():
    submitted, folder = begin("dies")
    measuring("n2")
    CLUSTER.die("n2")
    for path in glob.glob("/tmp/twinbench-fleet.*/runs/n2"):  # with the machine, its disk is gone
        shutil.rmtree(Path(path).parents[1])
    try:
        how, said = end(submitted)
    finally:
        CLUSTER.start_node("n2")
        wait_for("n2 to be back", lambda: CLUSTER.idle() == 2)
    assert how == 1 and "n1: complete" in said and "1 of 2 tasks complete" in said, (how, said)
    (line,) = re.findall(r"^twinbench: n2: failed: (.+)", said, re.M)
    assert line.startswith("srun: "), line
    assert run_of(folder, "n1") and f"n2: {line}" in status(folder), status(folder)


def what_comes_back_torn_is_no_run_and_the_same_whole_is_one():
    first = Path(HERE.name, "first")
    first.mkdir()
    whole = Path(HERE.name, "whole")
    (whole / "n1/run").mkdir(parents=True)
    (whole / "n1/run/samples.csv").write_bytes(os.urandom(10000))
    (whole / "done").symlink_to("n1/run")
    for end_of_it, status_of, words in ((" | head -c 5000", 1, "what came back is torn (5,000 bytes)"), ("", 0, "n1: complete")):
        (first / "srun").write_text(f"#!/bin/sh\ntar cz -C {whole} .{end_of_it}\n")
        (first / "srun").chmod(0o755)
        submitted, folder = begin(f"torn-{status_of}", srun=first)
        how, said = end(submitted)
        assert how == status_of and words in said, (how, said)
        assert len(list(folder.glob("runs/*/done"))) == len(list(folder.glob("runs/*/n*"))) == 2 * (not status_of), status(folder)


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
