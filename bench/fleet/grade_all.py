# SPDX-License-Identifier: MIT
"""grade_all.py DIR - a class on a cluster: make grade-all DIR=class ON=slurm

An array of tasks, each of which is the same grader on one machine, with its SHARD of the class.  Where
each grading is written down at once, rows of one shard never meet those of another; when all have
ended, one more call puts them into the gradebook.  What is graded already is graded by nobody again, so
that the same command goes on after whatever ended it.

    DIR/graded/shard-3-of-10.log    what the third of ten has said
    DIR/graded/shard-3-of-10.done   it came to its end
    DIR/graded/slurm.log            what Slurm says when it ends a task"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(ROOT / name) for name in ("plots", "bench/python")]

import broken_pipe
import slurm
import status
import submit
from stored import Trouble
from words import listing, plural

LOOK_S = 2  # between two looks at the queue, a second more each time
GRADER = ROOT / "notebooks/grader"


def name_of(folder, i, n):
    return folder / "graded" / f"shard-{i}-of-{n}"


def wait(job):
    """Until none of it is in the queue.  Asked ever less often: a class takes hours."""
    pause = LOOK_S
    while slurm.queue(job):
        time.sleep(pause)
        pause = min(pause + 1, 60)


def grade(folder, part, n, at_a_time):
    """[shards that did not come to their end]"""
    job = f"twinbench-grade-{os.getpid()}-{time.time_ns() // 10**9}"
    marks, said = [name_of(folder, i, n) for i in range(1, n + 1)], folder / "graded/slurm.log"
    for old in (said, *(Path(f"{mark}.{end}") for mark in marks for end in ("done", "log"))):  # what an earlier job left tells nothing of this one
        old.unlink(missing_ok=True)
    try:
        for offset, indices in submit.arrays(range(1, n + 1), slurm.most_in_array()):
            slurm.tell("sbatch", "--parsable", f"--array={slurm.ranges(indices)}", f"--job-name={job}", f"--comment={offset}",
                       f"--partition={part['PartitionName']}", "--nodes=1", "--ntasks=1", "--exclusive", "--hint=nomultithread", "--mem=0",
                       "--requeue", "--export=PATH,HOME,B,GRADE_GRACE", f"--output={said}", "--open-mode=append", str(HERE / "grade_task.sh"),
                       str(GRADER), str(folder), str(offset), str(n), str(at_a_time))
        print(f"twinbench: {plural(n, 'shard')} in the queue of {part['PartitionName']}; Ctrl-C takes them out", flush=True)
        wait(job)
    except BaseException:
        slurm.cancel(job)
        raise
    return [i for i, mark in enumerate(marks, 1) if not Path(f"{mark}.done").exists()]


def main():
    args = argparse.ArgumentParser()
    args.add_argument("folder", type=Path)
    args.add_argument("--partition")
    args.add_argument("--shards", type=int)
    args.add_argument("-j", type=int, default=1)
    asked = args.parse_args()
    slurm.need()
    part = slurm.partition(asked.partition)
    folder = asked.folder.absolute()
    if not folder.is_dir():
        raise Trouble(f"there is no folder {folder}")
    here = [n for n in slurm.nodes(part["PartitionName"]).values() if not submit.is_away(n)]
    if not here:
        raise Trouble(f"no machine of partition {part['PartitionName']} can run anything now (sinfo shows why)")
    submit.need_writable(folder)
    (folder / "graded").mkdir(exist_ok=True)
    n = asked.shards or len(here)
    missing = grade(folder, part, n, asked.j)
    if missing:
        why = status.why_ended(folder / "graded/slurm.log", Path(f"{name_of(folder, missing[0], n)}.log"))
        raise Trouble(f"{plural(len(missing), 'shard')} of {n} came to no end ({listing([str(i) for i in missing[:6]])}); "
                      f"shard {missing[0]}: {why}; the same command goes on")
    return subprocess.run([sys.executable, GRADER, f"--all={folder}"]).returncode


if __name__ == "__main__":
    broken_pipe.end_quietly()
    slurm.end(main, "grade-all")
