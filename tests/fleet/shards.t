#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""shards.t - `fleet submit --shard` without Slurm: how tips are dealt out, and how `fleet collect` makes
one run of what each machine has measured.

The shards are cut out of an invented run.  Each function is one test; its name is the sentence that is
true when it passes."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / name) for name in ("tests/lib", "tests/fixtures", "bench/fleet", "plots", "bench/python")]
import shards
import slurm
import submit
import synthetic
import tap
from run import source_line
from stored import Trouble

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
HERE = tempfile.TemporaryDirectory()
BESIDE = {"plan": "tip,lang,batch_ops,slope_ops,bad_ns,good_ns", "blocks": "tip,lang,block,log_ratio,bad_ns,good_ns,cpu_log_ratio,placement",
          "aged": "tip,fact,what,since,by,lang,expected,found,standing,saw,cited"}  # which synthetic.py does not make


def lines(run, table):
    return (run / f"{table}.csv").read_text().splitlines()


def whole():
    """An invented run of eight tips, with a control in it and every table that a run has."""
    run = Path(HERE.name, "whole/run")
    if not run.exists():
        synthetic.make(run.parent, 8)
        shutil.copy(run.parent / "words.json", run)
        tips = [t["name"] for t in json.loads((run / "words.json").read_text())["tips"]]
        for table, header in BESIDE.items():
            columns = header.split(",")
            rows = [",".join({"tip": tip, "lang": "c"}.get(c, "1") for c in columns) for tip in ["null"] * (table == "blocks") + tips]
            (run / f"{table}.csv").write_text("\n".join([header, *rows]) + "\n")
        facts = {"commit": "c0ffee", "cores": 2, "kernel": "6.1", "cpu": "Invented CPU", "quick": False, "margin": 0.1, "tip": "", "load1": 0.5,
                 "date": "2026-01-01T00:00:00Z"}
        (run / "machine.json").write_text(json.dumps(json.loads((run / "machine.json").read_text()) | facts))
    return run


def fleet(name, k=2):
    """A fleet of which each shard is complete: its folder, and their runs."""
    folder, base, tasks, runs = Path(HERE.name, name), whole(), [], []
    tips = [t["name"] for t in json.loads((base / "words.json").read_text())["tips"]]
    for i, own in enumerate(shards.split(tips, k, {}), 1):
        task = f"shard-{i}-of-{k}"
        run = folder / "runs" / task / f"n{i}" / "2026"
        run.mkdir(parents=True)
        for table in shards.TABLES:
            first, *rest = lines(base, table)
            (run / f"{table}.csv").write_text("\n".join([first, *(l for l in rest if l.split(",")[0] in (*own, "null"))]) + "\n")
        facts = json.loads((base / "machine.json").read_text()) | {"tip": ",".join(own), "part_of": "all", "load1": i}
        (run / "machine.json").write_text(json.dumps(facts))
        for file in ("words.json", "gbench.json"):
            shutil.copy(base / file, run)
        (folder / "runs" / task / "done").symlink_to(f"n{i}/2026")
        tasks.append({"name": task, "pin": f"ReqNodeList=n{i}", "tips": own})
        runs.append(run)
    (folder / "fleet.json").write_text(json.dumps({"submitted": "2026-01-01T00:00:00Z", "job": "twinbench-x", "partition": "p", "commit": "", "quick": False,
                                                   "tip": "", "minutes": 0, "tasks": tasks}))
    return folder, runs


def collect(folder, **more):
    return subprocess.run([PROGRAM, "fleet", "collect", folder], capture_output=True, text=True, timeout=60, **more)


def refused(folder):
    """The one line that says why nothing was joined."""
    said = collect(folder)
    assert said.returncode == 1 and said.stderr.count("\n") == 1 and said.stderr.startswith("twinbench: "), said
    assert not (folder / "joined").exists()
    return said.stderr


def change(path, **facts):
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


# --- who measures what

def each_tip_is_one_shards_and_they_are_as_dear_as_each_other():
    cost = {"a/1": 9, "a/2": 1, "a/3": 5, "b/1": 4, "b/2": 3, "b/3": 2}
    dealt = shards.split(sorted(cost), 3, cost)
    assert sorted(t for s in dealt for t in s) == sorted(cost), dealt
    assert sorted(sum(cost[t] for t in s) for s in dealt) == [7, 8, 9], dealt


def without_costs_they_are_dealt_out_by_turns():
    assert shards.split(list("abcde"), 2, {}) == [["a", "c", "e"], ["b", "d"]]
    assert shards.costs(Path(HERE.name, "nowhere")) == {}


def a_tip_that_nobody_has_measured_is_as_dear_as_the_mean():
    dealt = shards.split(["a", "b", "c", "new"], 2, {"a": 10, "b": 8, "c": 1})
    assert dealt == [["a", "c"], ["b", "new"]], dealt


def a_tip_costs_its_processes_and_their_requests():
    run = Path(HERE.name, "costs")
    run.mkdir()
    (run / "plan.csv").write_text("tip,lang,bad_ns,good_ns\na/timed,c,3000,1000\n")
    (run / "samples.csv").write_text("tip,twin,lang,kind,ops,rate,wall_ns\na/offered,bad,c,rate,1000,500,0\na/timed,bad,c,time,1000,0,4000\n"
                                     "a/timed,good,c,slope,2000,0,0\na/timed,good,go,count,10,0,0\n")
    assert shards.costs(run) == {"a/offered": shards.START_MS + 2000, "a/timed": 3 * shards.START_MS + 5 * 4 + 2}, shards.costs(run)


def a_journal_that_is_torn_costs_what_is_whole_of_it():
    run = Path(HERE.name, "torn-costs")
    run.mkdir()
    (run / "samples.csv").write_text("tip,twin,lang,kind,ops,rate,wall_ns\na/x,bad,c,time,many,0,\na/x,ba")
    assert shards.costs(run) == {"a/x": shards.START_MS}, shards.costs(run)


def more_shards_than_tips_are_refused():
    try:
        shards.split(["a", "b"], 3, {})
    except Trouble as e:
        assert str(e) == "--shard 3: there are only 2 tips to deal out", e
    else:
        raise AssertionError("dealt")


# --- what Slurm knows

def features_that_make_the_same_name_are_two_tasks():
    found = submit.each_feature({"n1": {"AvailableFeatures": "cpu:a"}, "n2": {"AvailableFeatures": "cpu=a,gpu"}}, "cpu")
    assert found == [("cpu_a", "Features=cpu:a"), ("cpu_a_", "Features=cpu=a")], found


def what_slurm_says_need_not_be_text():
    assert slurm.tell("printf", r"NodeName=n1 Reason=\377") == "NodeName=n1 Reason=\ufffd"


# --- one run of them

def the_run_that_is_joined_has_each_row_of_the_whole_once_and_its_report_opens():
    folder, _ = fleet("three", 3)
    said = collect(folder)
    assert said.returncode == 0 and not said.stderr, said
    assert f"8 tips of 3 shards, one run: {folder}/joined\n" in said.stdout, said.stdout
    run = folder / "joined"
    for table in shards.TABLES:
        assert sorted(lines(run, table)) == sorted(lines(whole(), table)), table
    labelled = list(dict.fromkeys(l.split(",")[0] for l in lines(run, "labels")[1:]))
    assert len(labelled) == 8 and labelled == sorted(labelled), labelled
    facts = json.loads((run / "machine.json").read_text())
    assert (facts["tip"], facts["shards"], facts["load1"]) == ("", 3, 3) and "part_of" not in facts, facts
    assert "Invented CPU · 2 cores · 3 such machines · " in source_line(facts), source_line(facts)
    assert json.loads((run / "gbench.json").read_text()) == json.loads((whole() / "gbench.json").read_text())
    said = subprocess.run([PROGRAM, "report", "--format", "markdown", run], capture_output=True, text=True, timeout=60)
    assert said.returncode == 0 and "**Of 8 sayings " in said.stdout, said
    assert all(f"`{tip}` |" in said.stdout for tip in labelled), said


def a_second_collect_makes_the_same_run():
    folder, _ = fleet("again")
    assert collect(folder).returncode == 0
    before = {p.name: p.read_bytes() for p in (folder / "joined").iterdir() if p.is_file()}
    assert collect(folder).returncode == 0
    assert before == {p.name: p.read_bytes() for p in (folder / "joined").iterdir() if p.is_file()} and before


def of_the_controls_the_worst_is_the_runs_and_its_shard_is_named():
    folder, runs = fleet("control")
    verdicts = runs[1] / "verdicts.csv"
    text = verdicts.read_text()
    ours = [l for l in text.splitlines() if l.startswith("null,") and ",c," in l]
    assert len(ours) == 1 and ",holds,holds," in ours[0], ours
    verdicts.write_text(text.replace(ours[0], ours[0].replace(",holds,holds,", ",unsure,holds,")))
    blocks = runs[1] / "blocks.csv"
    blocks.write_text(blocks.read_text().replace("null,c,1,", "null,c,7,"))
    said = collect(folder)
    assert said.returncode == 0 and "the control in c failed in shard-2-of-2: the times" in said.stdout, said
    for table in ("verdicts", "blocks"):
        found = [l for l in lines(folder / "joined", table) if l.startswith("null,") and ",c," in l]
        assert found == [l for l in lines(runs[1], table) if l.startswith("null,") and ",c," in l] and len(found) == 1, (table, found)
    assert [l for l in lines(folder / "joined", "blocks") if l.startswith("null,c,7,")], "the other shard's"


def machines_that_are_not_alike_are_no_run():
    for fact, value, words in (("kernel", "6.2", 'the kernel is "6.1" there and "6.2" here'), ("cores", 4, "the number of cores is 2 there and 4 here"),
                               ("cpu", "Other", "the processor is"), ("commit", "beef", "the commit is")):
        folder, runs = fleet(f"unlike-{fact}")
        change(runs[1] / "machine.json", **{fact: value})
        assert "shard-1-of-2 and shard-2-of-2 are no parts of one run: " + words in (said := refused(folder)), said


def a_shard_that_is_missing_is_named_and_nothing_is_joined():
    folder, _ = fleet("missing", 3)
    (folder / "runs/shard-2-of-3/done").unlink()
    assert "1 of 3 shards is not complete (shard-2-of-3), so nothing was joined" in (said := refused(folder)), said


def a_shard_that_lacks_a_table_is_named():
    folder, runs = fleet("torn")
    (runs[0] / "labels.csv").unlink()
    assert "labels.csv is missing: shard-1-of-2 is not complete" in (said := refused(folder)), said


def a_run_that_was_measured_by_itself_is_no_shard():
    folder, runs = fleet("alone")
    change(runs[1] / "machine.json", part_of="pools")
    assert "was not measured as a part of all (bench --part-of)" in (said := refused(folder)), said


def nothing_is_counted_twice():
    folder, runs = fleet("twice")
    with open(runs[0] / "samples.csv", "a") as f:
        f.write(lines(runs[1], "samples")[-1] + "\n")
    assert "samples.csv has rows of " in (said := refused(folder)) and "which is another shard's" in said, said
    folder, runs = fleet("other")
    change(runs[0] / "machine.json", tip="")
    assert "is of other tips than shard-1-of-2 was to measure" in (said := refused(folder)), said


def a_disk_that_fills_up_is_one_line_and_what_was_there_stays():
    folder, runs = fleet("full")

    def content(of):
        return {p.relative_to(of): p.read_bytes() for p in of.rglob("*") if p.is_file()}

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))  # a write that fails in the middle of a file

    def told():
        said = collect(folder, preexec_fn=full)
        assert said.returncode == 1 and said.stderr.count("\n") == 1, said
        assert f"twinbench: {folder}/joined cannot be written: File too large; the shards are as they were" in said.stderr, said
    before = content(folder)
    told()
    assert content(folder) == before, set(content(folder)) ^ set(before)
    assert collect(folder).returncode == 0
    before = content(folder)
    assert len((folder / "joined/samples.csv").read_bytes()) > 2000
    told()
    assert content(folder) == before, set(content(folder)) ^ set(before)


with HERE:
    sys.exit(tap.run(tap.tests_of(globals())))
