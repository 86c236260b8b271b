#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""slurm.t - fleets on a real Slurm of three machines, all of them this one.

Each function is one test; its name is the sentence that is true when it passes.  They share a
cluster, and what one of them has submitted is done or cancelled at its end."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "tests/fleet")]
import cluster
import tap
from tap import wait_for

try:
    import jsonschema
except ModuleNotFoundError:
    print("1..0 # SKIP no python3-jsonschema here")
    sys.exit(0)

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
QUICK = ("--quick", "--tip", "pools/no-reset")  # among the shortest of runs
PART = ("each_machine_gets_one_run", "a_machine_that_dies", "half_way", "what_cannot_be_submitted")  # of `make test`; make test-slurm runs all
CLUSTER = None


def each(test):
    """The test, after which the queue is empty whatever came of it."""
    def done():
        try:
            test()
        finally:
            CLUSTER.call("scancel", "--me")
    done.__name__ = test.__name__
    return done


def fleet(*words, **more):
    return CLUSTER.call(PROGRAM, "fleet", *words, cwd="/", **more)


def complaint(*words, **more):
    """The one line on what is wrong."""
    said = fleet(*words, **more)
    assert said.returncode in (1, 2) and said.stderr.count("\n") == 1 and said.stderr.startswith("twinbench: "), said
    return said.stderr


def shared(name):
    """A folder of the cluster's user."""
    folder = CLUSTER.folder / name
    folder.mkdir()
    if CLUSTER.user:
        os.chown(folder, cluster.NOBODY, cluster.NOBODY)
    return folder


def submit(name, *words, program=None):
    """The folder of the fleet."""
    results = shared(name)
    said = CLUSTER.call(program or PROGRAM, "fleet", "submit", *words, "--results", str(results), cwd="/", env={"TWIN_BATCH_US": "500"})
    assert said.returncode == 0, said
    (folder,) = results.iterdir()
    return folder, said.stdout


def counts(folder):
    """ {"done": 2} as status says. """
    said = fleet("status", folder)
    assert said.returncode == 0, said
    parts = said.stdout.splitlines()[0].rpartition(": ")[2].split(", ")
    return {p.split()[1]: int(p.split()[0]) for p in parts}, said.stdout


def until(folder, seconds=600, **wanted):
    """Until status counts so; all that it said."""
    return wait_for(f"{wanted} of {folder}; {counts(folder)[1]}",
                    lambda: (found := counts(folder))[0] == wanted and found[1], seconds, 1)  # each look asks Slurm


def queued():
    return CLUSTER.call("squeue", "-h", "-r").stdout.split("\n")[:-1]


def partition(state):
    """Of the one that is shut until it is asked for."""
    assert CLUSTER.call("scontrol", "update", "PartitionName=shut", f"State={state}").returncode == 0


def rows(run):
    return list(csv.DictReader((run / "samples.csv").open()))


def is_whole(run):
    """Measured to its end, and each process once."""
    slots = Counter((r["tip"], r["twin"], r["lang"], r["block"], r["slot"]) for r in rows(run) if r["kind"] == "time")
    assert slots and set(slots.values()) == {1}, slots.most_common(3)
    assert (run / "labels.csv").exists(), list(run.iterdir())


def measuring(folder, task, n=40):
    """Waits until so many processes are in a run of the task; its folder."""
    def there():
        return next((p.parent for p in (folder / "runs" / task).glob("*/2*/samples.csv") if len(rows(p.parent)) >= n), None)
    return wait_for(f"{n} processes of {task}", there)


def as_described(what):
    """By bench/schemas, which forbids what is not."""
    schema = json.loads((ROOT / "bench/schemas/fleet.schema.json").read_text())
    jsonschema.validate(what, schema)
    for wrong in ({"job": "mine"}, {"tasks": []}, {"quick": "no"}, {"unheard_of": 1}):
        assert not jsonschema.Draft202012Validator(schema).is_valid(what | wrong), wrong


def each_machine_gets_one_run_of_the_same_commit_and_an_array_that_is_too_large_is_split():
    folder, said = submit("all", *QUICK)
    assert "3 tasks in 2 arrays" in said, said
    until(folder, done=3)
    commits = set()
    for name in CLUSTER.nodes:
        run = (folder / "runs" / name / "done").resolve()
        assert run.parent.name == name, run
        is_whole(run)
        commits.add((run / "machine.json").read_text().partition('"commit": "')[2][:40])
    assert len(commits) == 1 and not queued(), (commits, queued())
    as_described(json.loads((folder / "fleet.json").read_text()))
    said = fleet("submit", folder).stdout
    assert "nothing to submit" in said and not queued(), said


def a_machine_that_dies_goes_on_where_it_was_and_a_controller_that_restarts_changes_nothing():
    folder, _ = submit("dies", "--quick", "--tip", "leaks/range-unclosed")
    run = measuring(folder, "n1")
    CLUSTER.die("n1")
    before = (run / "samples.csv").read_bytes()
    CLUSTER.stop("slurmctld")
    CLUSTER.start_controller()
    wait_for("the controller", lambda: CLUSTER.call("scontrol", "ping").returncode == 0)
    CLUSTER.start_node("n1")
    until(folder, done=3)
    assert [p.name for p in (folder / "runs/n1/n1").glob("2*")] == [run.name], "begun anew"
    assert (run / "samples.csv").read_bytes().startswith(before.rpartition(b"\n")[0]), "rows are gone"
    assert "requeued 1 times" in (folder / "runs/n1/log").read_text()
    for name in CLUSTER.nodes:
        is_whole((folder / "runs" / name / "done").resolve())


def what_is_asked_of_a_kind_is_begun_anew_on_another_machine_of_it():
    folder, _ = submit("kind", "--each-feature", "cpu-old", "--quick", "--tip", "leaks/range-unclosed")
    run = measuring(folder, "cpu-old")
    first = run.parent.name
    CLUSTER.die(first)
    until(folder, done=1)
    CLUSTER.start_node(first)
    wait_for("all machines", lambda: CLUSTER.idle() == 3)
    other = (folder / "runs/cpu-old/done").resolve()
    assert {first, other.parent.name} == {"n1", "n2"}, (first, other)
    is_whole(other)
    assert not (run / "labels.csv").exists(), "both were counted"


def shards_are_one_run_though_a_machine_dies_in_the_middle():
    folder, said = submit("shards", "--shard", "2", "--quick", "--tip", "pools/no-reset,leaks/range-unclosed")
    assert "2 tips dealt out by turns" in said and "2 tasks in 1 array" in said, said
    measuring(folder, "shard-1-of-2")
    said = complaint("collect", folder)
    assert "so nothing was joined" in said and "shard-1-of-2" in said, said
    CLUSTER.die("n1")
    CLUSTER.start_node("n1")
    until(folder, done=2)
    as_described(json.loads((folder / "fleet.json").read_text()))
    said = fleet("collect", folder)
    assert said.returncode == 0 and "2 tips of 2 shards, one run: " in said.stdout, said
    is_whole(folder / "joined")
    of = {name: {r["tip"] for r in rows((folder / "runs" / name / "done").resolve())} - {"null"} for name in ("shard-1-of-2", "shard-2-of-2")}
    assert of == {"shard-1-of-2": {"leaks/range-unclosed"}, "shard-2-of-2": {"pools/no-reset"}}, of
    assert "requeued 1 times" in (folder / "runs/shard-1-of-2/log").read_text()
    assert {r["tip"] for r in rows(folder / "joined")} == {"null", "leaks/range-unclosed", "pools/no-reset"}
    wait_for("all machines", lambda: CLUSTER.idle() == 3)


def what_never_starts_is_said_and_cancelled_and_submitted_again():
    partition("DOWN")
    folder, said = submit("shut", "--partition", "shut", *QUICK)
    assert "partition shut is DOWN: nothing starts before" in said, said
    said = until(folder, waiting=3)
    assert "PartitionDown (its partition is down)" in said and f"twinbench fleet cancel {folder}" in said, said
    said = fleet("cancel", folder)
    assert said.returncode == 0 and "3 tasks cancelled" in said.stdout and not queued(), (said, queued())
    assert "it left nothing" in until(folder, gone=3)
    partition("UP")
    assert "3 tasks in 2 arrays" in fleet("submit", folder, env={"TWIN_BATCH_US": "500"}).stdout
    until(folder, done=3)


def what_is_held_is_let_go_when_it_is_submitted_again():
    partition("DOWN")
    folder, _ = submit("held", "--partition", "shut", *QUICK)
    for job in {line.split()[0].partition("_")[0] for line in queued()}:
        assert CLUSTER.call("scontrol", "uhold", job).returncode == 0
    wait_for(f"held, {counts(folder)}", lambda: CLUSTER.call("squeue", "-h", "-r").stdout.count("(JobHeldUser)") == 3)
    assert "waiting n1, n2, n3: JobHeldUser (it is held)" in (said := counts(folder)[1]), said
    said = fleet("submit", folder).stdout
    assert "3 tasks of" in said and "let go, which were held in the queue" in said, said
    assert "JobHeldUser" not in until(folder, waiting=3)
    fleet("cancel", folder)


def a_task_that_fails_says_why_and_the_others_are_not_touched():
    partition("DOWN")
    folder, _ = submit("fails", "--partition", "shut", *QUICK)
    (folder / "runs/n2/n2").mkdir()
    (folder / "runs/n2/n2/.lock").mkdir()  # is to be a file
    partition("UP")
    said = until(folder, done=2, failed=1)
    assert "failed  n2: n2: " in said and f"once more:  twinbench fleet submit {folder}" in said, said


def a_folder_that_is_gone_fails_its_tasks_and_leaves_no_job():
    partition("DOWN")
    folder, _ = submit("lost", "--partition", "shut", *QUICK)
    (folder / "tasks").rename(folder / "moved")
    partition("UP")
    wait_for("an empty queue", lambda: not queued())
    (folder / "moved").rename(folder / "tasks")
    assert "did not see this folder" in until(folder, gone=3)
    partition("DOWN")
    assert fleet("submit", folder).returncode == 0
    folder.rename(folder.with_name("elsewhere"))
    partition("UP")
    wait_for("an empty queue", lambda: not queued())
    folder.with_name("elsewhere").rename(folder)
    assert "did not see this folder" in until(folder, gone=3)


def what_slurm_has_ended_says_so_and_goes_on_and_what_was_deleted_is_measured_again():
    folder, _ = submit("ended", "--each-feature", "cpu-new", "--quick", "--tip", "leaks/range-unclosed")
    run = measuring(folder, "cpu-new")
    for job in {line.split()[0] for line in queued()}:
        assert CLUSTER.call("scancel", job).returncode == 0
    assert "gone    cpu-new: Slurm ended it: CANCELLED AT " in (said := until(folder, gone=1)), said
    before = (run / "samples.csv").read_bytes()
    assert fleet("submit", folder, "--minutes", "30", env={"TWIN_BATCH_US": "500"}).returncode == 0
    assert CLUSTER.call("squeue", "-h", "-o", "%l").stdout == "30:00\n"
    until(folder, done=1)
    is_whole(run)
    assert (run / "samples.csv").read_bytes().startswith(before.rpartition(b"\n")[0]), "rows are gone"
    shutil.rmtree(run)
    assert f"gone    cpu-new: it was complete, and {run} is not there any more" in (said := until(folder, gone=1)), said
    assert "not complete yet" in complaint("collect", folder)
    fleet("submit", folder, env={"TWIN_BATCH_US": "500"})
    until(folder, done=1)
    is_whole((folder / "runs/cpu-new/done").resolve())


def two_submissions_of_one_folder_are_one():
    partition("DOWN")
    folder, _ = submit("twice", "--partition", "shut", *QUICK)
    fleet("cancel", folder)
    until(folder, gone=3)
    both = [subprocess.Popen([PROGRAM, "fleet", "submit", folder], env=CLUSTER.env, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, **CLUSTER.who()) for _ in range(2)]
    said = [p.communicate(timeout=300)[0] for p in both]
    assert len(queued()) == 3, (queued(), said)
    assert sum("3 tasks in 2 arrays" in s for s in said) == 1, said
    assert sum("is being submitted already" in s or "nothing to submit" in s for s in said) == 1, said


def of_another_users_fleet_everybody_sees_what_it_does_and_nobody_ends_it():
    if not CLUSTER.user:
        raise tap.Skip("only root can be two users")
    partition("DOWN")
    folder, _ = submit("others", "--partition", "shut", *QUICK)

    def other(action):
        return subprocess.run([PROGRAM, "fleet", action, folder], env=CLUSTER.env, cwd="/", capture_output=True, text=True, timeout=300,
                              user=cluster.NOBODY - 1, group=cluster.NOBODY - 1, extra_groups=[])
    assert "3 tasks: 3 waiting" in other("status").stdout
    for action, words in (("cancel", "and its tasks belong to nobody, and nobody else can cancel them"), ("submit", "it belongs to nobody")):
        said = other(action)
        assert said.returncode == 1 and said.stderr.count("\n") == 1 and words in said.stderr and "--results" not in said.stderr, said
    assert len(queued()) == 3, queued()


def a_submission_that_fails_half_way_leaves_neither_job_nor_folder():
    results, tools = shared("half"), CLUSTER.folder / "tools"
    tools.mkdir()
    (tools / "scontrol").write_text(f'#!/bin/sh\n[ $# -gt 0 ] || {{ echo "1_1: not to be pinned" >&2; exit 1; }}\nexec {shutil.which("scontrol", path=cluster.paths())} "$@"\n')
    (tools / "scontrol").chmod(0o755)
    said = complaint("submit", "--results", str(results), env={"PATH": f"{tools}:{cluster.paths()}"})
    assert "scontrol refused: 1_1: not to be pinned" in said and not queued() and not list(results.iterdir()), (said, queued(), list(results.iterdir()))
    (tools / "scontrol").unlink()
    (tools / "git").write_text(f'#!/bin/sh\ncase $* in *index-pack*) echo "fatal: write error: No space left on device" >&2; exit 128 ;; esac\nexec {shutil.which("git")} "$@"\n')
    (tools / "git").chmod(0o755)
    said = complaint("submit", "--results", str(results), env={"PATH": f"{tools}:{cluster.paths()}"})
    assert "git index-pack: fatal: write error: No space left" in said and not queued() and not list(results.iterdir()), (said, queued(), list(results.iterdir()))


def what_cannot_be_submitted_is_one_line_and_leaves_no_job():
    theirs = CLUSTER.folder / "theirs"
    theirs.mkdir()
    theirs.chmod(0o555)
    assert "no partition 'nix' here; there are: twins, shut" in complaint("submit", "--partition", "nix")
    assert "nothing can be written to" in (said := complaint("submit", "--results", str(theirs))) and "--results DIR" in said and ("it belongs to root" if CLUSTER.user else "it may not be") in said, said
    assert "no machine there has a feature that begins with 'gpu'; there are: cpu-new, cpu-old" in complaint("submit", "--each-feature", "gpu")
    assert "no Slurm here" in complaint("submit", env={"PATH": "/nowhere"})
    assert "no tip 'pools/nix'" in complaint("submit", "--tip", "pools/nix")
    assert "is none of submit, status, collect, cancel" in complaint("sumbit")
    assert "not both" in complaint("submit", "--each-node", "--each-feature", "cpu")
    assert "--each-feature or --shard, not both" in complaint("submit", "--shard", "2", "--each-feature", "cpu")
    assert "--shard 3: partition twins has no more than 2 machines of one kind (n1, n2)" in complaint("submit", "--shard", "3")
    assert "--shard 2: there is only 1 tip to deal out" in complaint("submit", "--shard", "2", "--tip", "pools/no-reset")
    assert not (said := fleet("submit", "--shard", "2", "--tip", "pools/no-reset")).stdout, said
    assert "scontrol refused: Unable to process configuration file" in complaint("submit", env={"SLURM_CONF": "/nowhere/slurm.conf"})
    assert "--quick is of a new submission, and submit FOLDER begins none" in complaint("submit", theirs, "--quick")
    assert "--minutes is of a new submission, and status begins none" in complaint("status", "--minutes", "3")
    assert "there is no folder /nowhere" in complaint("status", "/nowhere")
    assert "a fleet is a folder that" in complaint("status", theirs)
    assert not queued(), queued()


def main():
    global CLUSTER
    lacking = cluster.missing()
    if lacking:
        print(f"1..0 # SKIP no {lacking[0]} here; Debian and Ubuntu: apt-get install {cluster.PACKAGES}")
        return 0
    with cluster.Cluster(("n1", "n2", "n3"), ("cpu-old", "cpu-old", "cpu-new"), most=3) as CLUSTER:
        wanted = sys.argv[1:] or [""] * bool(os.environ.get("SLURM_ALL")) or PART
        return tap.run([each(t) for t in tap.tests_of(globals()) if any(w in t.__name__ for w in wanted)])


sys.exit(main())
