# SPDX-License-Identifier: MIT
"""status.py - how far a fleet is, and the end of what is left of it.

What is complete is told by the folder, what goes on by the queue; who is in neither has failed,
or is gone: its job ended without a word.  The same questions give the same answers after the
controller was restarted, for nothing else is remembered."""

import os
import re
import time

import slurm
import submit
from stored import Trouble
from words import plural

SHOWN = 12  # tasks that are named, of those that are alike
STUCK = {"PartitionDown": "its partition is down", "PartitionInactive": "its partition takes no jobs",
         "ReqNodeNotAvail": "its machine is away",
         "JobHeldAdmin": "an administrator holds it", "JobHeldUser": "it is held",
         "BadConstraints": "no machine is as it asks", "AssocGrp": "your account's limit is reached", "QOS": "your quality of service has reached a limit",
         "PartitionTimeLimit": "it asks for more time than its partition gives: --minutes", "NodeDown": "its machine is down",
         "launch failed requeued held": "it could not be started: scontrol release tries again"}


def folder_of(folder, task):
    return folder / "runs" / task["name"]


def read(path):
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""


def states(folder, what):
    """[(number, task, state, words)]; state: done, running, waiting, failed or gone."""
    queued = slurm.queue(what["job"])
    for number, task in enumerate(what["tasks"], 1):
        own, row = folder_of(folder, task), queued.get(number)
        if (own / "done").exists():
            yield number, task, "done", ""
        elif row and row["state"] == "PENDING":
            yield number, task, "waiting", row["reason"]
        elif row:
            yield number, task, "running", f"on {row['node']}"
        elif (own / "failed").exists():
            yield number, task, "failed", read(own / "failed") or "it could not write why: is the disk full?"
        else:
            yield number, task, "gone", last_words(folder, own)


def last_words(folder, own):
    """Of a task that ended without saying why."""
    if (own / "done").is_symlink():
        return f"it was complete, and {os.path.join(own, os.readlink(own / 'done'))} is not there any more"
    return why_ended(folder / "slurm.log", own / "log")


def why_ended(slurm_log, log):
    """By what Slurm has said of the job that the task's log names last."""
    jobs = re.findall(r": job (\d+), requeued", read(log))
    if jobs and (said := re.findall(rf"\*\*\* JOB {jobs[-1]} ON \S+ (.*) \*\*\*", read(slurm_log))):
        return f"Slurm ended it: {said[-1]}"
    if not log.exists():
        return "it left nothing: its machine did not see this folder, could not write to it, or it was cancelled before"
    return f"it began and was ended; the last line of {log} may say why"


def why_waiting(reason):
    return next((words for begin, words in STUCK.items() if reason.startswith(begin)), "")


def status(folder):
    slurm.need()
    what = submit.open_fleet(folder)
    every = list(states(folder, what))
    groups = {}
    for _, task, state, words in every:
        groups.setdefault(state, {}).setdefault(words, []).append(task["name"])
    counts = [f"{sum(map(len, groups[s].values()))} {s}" for s in ("done", "running", "waiting", "failed", "gone") if s in groups]
    print(f"{folder}: {plural(len(every), 'task')}: {', '.join(counts)}")
    for state in ("waiting", "failed", "gone"):
        for words, names in groups.get(state, {}).items():
            more = f" and {len(names) - SHOWN} more" * (len(names) > SHOWN)
            stuck = why_waiting(words) if state == "waiting" else ""
            print(f"  {state:8}{', '.join(names[:SHOWN])}{more}: {words}{f' ({stuck})' * bool(stuck)}")
    waiting = groups.get("waiting", {})
    if waiting and all(map(why_waiting, waiting)) and "running" not in groups:
        print(f"  nothing of it will start before that changes; no more of it: twinbench fleet cancel {folder}")
    if {"failed", "gone"} & groups.keys() or "JobHeldUser" in waiting:
        print(f"  once more:  twinbench fleet submit {folder}")
    return 0


def need_ours(folder, queued):
    """Who is not root can cancel no one else's, and scancel says nothing of it."""
    if os.geteuid() and any(row["uid"] != str(os.geteuid()) for row in queued.values()):
        raise Trouble(f"{folder} and its tasks belong to {submit.owner(folder)}, and nobody else can cancel them")


def cancel(folder):
    """Returns when none of it is in the queue."""
    slurm.need()
    what = submit.open_fleet(folder)
    queued = slurm.queue(what["job"])
    left = before = len(queued)
    need_ours(folder, queued)
    if before:
        slurm.cancel(what["job"])
    for _ in range(120):
        left = len(slurm.queue(what["job"]))
        if not left:
            break
        time.sleep(0.5)
    if left:
        print(f"twinbench: {plural(left, 'task')} of {folder} still being ended by Slurm (squeue --name {what['job']} shows them)")
        return 1
    print(f"twinbench: {plural(before, 'task')} cancelled, none is in the queue; what was measured stays in {folder}")
    return 0
