#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""apart.t - two machines without a shared file system: the lines that bench/FLEET.md gives for them.

Each function is one test; its name is the sentence that is true when it passes."""

import csv
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

BUILT = ROOT / os.environ.get("B", "build")
HERE = tempfile.TemporaryDirectory()
CLUSTER = None


def documented():
    """The lines, for this cluster, this build and one short tip."""
    text = (ROOT / "bench/FLEET.md").read_text().partition("\n## Without a shared file system\n")[2]
    lines = text.partition("```sh\n")[2].partition("```\n")[0]
    tip = "--quick --tip pools/no-reset"
    for ours, theirs in ((f"-C {BUILT} ", "-C build "), (" -p twins ", " -p batch "), (tip, "--quick"), (f"\n{BUILT}/twinbench fleet ", "\ntwinbench fleet ")):
        assert theirs in lines, (theirs, lines)
        lines = lines.replace(theirs, ours)
    return lines


def no_machine_sees_the_folder_of_who_asks():
    seen = CLUSTER.call("srun", "-N", "2", "-n", "2", "--chdir=/tmp", "ls", "-A", HERE.name, cwd=HERE.name)
    assert seen.returncode == 0 and not seen.stdout and os.listdir(HERE.name), seen


def the_documented_lines_bring_every_machines_run_back_and_leave_nothing_there():
    before = set(os.listdir("/tmp"))
    said = CLUSTER.call("sh", "-c", documented(), cwd=HERE.name, env={"TWIN_BATCH_US": "500"}, seconds=900)
    assert said.returncode == 0, said
    for node in CLUSTER.nodes:
        (labels,) = Path(HERE.name, "apart", node).glob("2*/labels.csv")
        assert {r["tip"] for r in csv.DictReader(labels.open())} == {"pools/no-reset"}, labels.read_text()
    names = set(re.findall(r"n\d", Path(HERE.name, "apart/fleet.csv").read_text()))
    assert names == set(CLUSTER.nodes) and Path(HERE.name, "apart/fleet.html").exists(), names
    assert not CLUSTER.call("squeue", "-h").stdout
    assert not [p for p in set(os.listdir("/tmp")) - before if Path("/tmp", p, "twinbench").exists()], "the program is still there"


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
    Path(HERE.name, "here").touch()
    with HERE, cluster.Cluster(as_nobody=False, hidden=HERE.name) as CLUSTER:
        return tap.run(tap.tests_of(globals()))


sys.exit(main())
