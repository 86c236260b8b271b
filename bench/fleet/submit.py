# SPDX-License-Identifier: MIT
"""submit.py - a folder for a fleet, and the jobs that fill it.

    FOLDER/fleet.json   what was submitted
    FOLDER/tasks        a name a line: what the tasks of the arrays are called, the first is number 1
    FOLDER/options      what each bench is told, a word and its value a line
    FOLDER/shards       with --shard, the tips of each task (shards.py)
    FOLDER/slurm.log    what Slurm says when it ends a task
    FOLDER/source/      the commit, and in build/<arch>/ the program
    FOLDER/runs/TASK/   what task.sh leaves

A task is pinned to its machine, or to its feature, before any of them is released, so that one
that is requeued comes back to the same.  The arrays are found by the job's name, which no other
fleet has; so whatever kills a submission, cancel finds what it has left in the queue."""

import contextlib
import fcntl
import json
import os
import pwd
import re
import secrets
import shutil
import subprocess
import time
from pathlib import Path

import apart
import shards
import slurm
from run import words
from stored import Trouble, load
from words import plural

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
AWAY = ("DOWN", "DRAIN", "FAIL", "NOT_RESPONDING", "FUTURE", "UNKNOWN", "POWERED_DOWN")
RUN_BYTES = 20 << 20  # a full run in C and nine Gos is 15 MB without its charts


# --- which machines

def is_away(node):
    return any(word in node.get("State", "") for word in AWAY)


def each_node(nodes):
    """[(name of the task, the pin)], a task a machine."""
    return [(name, f"ReqNodeList={name}") for name in nodes]


def each_feature(nodes, begin):
    """A task for each feature that begins so, of the machines that have it."""
    found = sorted({f for n in nodes.values() for f in n.get("AvailableFeatures", "").split(",") if f.startswith(begin)})
    if not found:
        every = sorted({f for n in nodes.values() for f in n.get("AvailableFeatures", "").split(",")} - {"", "(null)"})
        raise Trouble(f"no machine there has a feature that begins with '{begin}'; there are: {', '.join(every) or 'none at all'}")
    tasks = {}
    for f in found:
        name = re.sub(r"[^\w.+-]", "_", f)
        while name in tasks:
            name += "_"
        tasks[name] = f"Features={f}"
    return list(tasks.items())


# What Slurm knows of a machine's kind.  What it does not know is compared when the shards are joined.
KIND = ("Arch", "OS", "CPUTot", "Boards", "Sockets", "CoresPerSocket", "ThreadsPerCore", "AvailableFeatures")


def each_shard(nodes, part, n):
    """n machines of one kind, of which there are most."""
    kinds = {}
    for name, node in nodes.items():
        kinds.setdefault(tuple(node.get(k) for k in KIND), []).append(name)
    alike = max(kinds.values(), key=len)
    if len(alike) < n:
        raise Trouble(f"--shard {n}: partition {part} has no more than {plural(len(alike), 'machine')} of one kind "
                      f"({', '.join(alike[:6])}{' ...' * (len(alike) > 6)})")
    return [(f"shard-{i}-of-{n}", f"ReqNodeList={name}") for i, name in enumerate(alike[:n], 1)]


def choose(part, asked):
    nodes = slurm.nodes(part["PartitionName"])
    here = {name: n for name, n in nodes.items() if not is_away(n)}
    away = [f"{name} ({n.get('State', '?').lower()})" for name, n in nodes.items() if name not in here]
    if away:
        say(f"left out, for Slurm says that they are away: {', '.join(away[:6])}{f' and {len(away) - 6} more' * (len(away) > 6)}")
    if not here:
        raise Trouble(f"no machine of partition {part['PartitionName']} can run anything now (sinfo shows why)")
    if asked.shard:
        return each_shard(here, part["PartitionName"], int(asked.shard))
    return each_feature(here, asked.each_feature) if asked.each_feature else each_node(here)


def deal(asked, program):
    """The tips of each shard; None: every task measures all."""
    if not asked.shard:
        return None
    asked_for = (asked.tip or "").split(",")
    tips = [t["name"] for t in words(Path(program))["tips"] if not asked.tip or t["name"] in asked_for or t["name"].partition("/")[0] in asked_for]
    known = Path("results/latest")
    cost = shards.costs(known)
    dealt = shards.split(tips, int(asked.shard), cost)
    say(f"{plural(len(tips), 'tip')} dealt out " + (f"by what they took in {known.resolve().name}" if cost else
                                                   "by turns, for there is no run in results to tell what they take"))
    return dealt


# --- the folder

def say(words):
    print(f"twinbench: {words}", flush=True)


def owner(path):
    try:
        return pwd.getpwuid(path.stat().st_uid).pw_name
    except (OSError, KeyError):
        return "somebody else"


def need_writable(folder, instead=""):
    """Or says why it is not, and whose it is, and what can be done instead."""
    above = next(p for p in (folder, *folder.parents) if p.exists())
    if not os.access(above, os.W_OK | os.X_OK):
        whose = "it may not be written to" if above.stat().st_uid == os.geteuid() else f"it belongs to {owner(above)}"
        ro = os.statvfs(above).f_flag & os.ST_RDONLY
        raise Trouble(f"nothing can be written to {above}: {'its file system is read-only' if ro else whose}{instead}")


def make_folder(results, tasks):
    need_writable(results, "; choose another folder with --results DIR")
    folder = results / time.strftime("%Y-%m-%d_%H-%M-%S")
    try:
        results.mkdir(parents=True, exist_ok=True)
        while folder.exists():
            folder = folder.with_name(folder.name + "-2")
        folder.mkdir()
        free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    except OSError as e:
        raise Trouble(f"cannot make folder {folder}: {e.strerror}; choose another with --results DIR") from None
    need = RUN_BYTES * len(tasks)
    if free < need:
        folder.rmdir()
        raise Trouble(f"{results} has {free >> 20:,} MiB free and {plural(len(tasks), 'task')} may need {need >> 20:,}; "
                      "free some, or choose another folder with --results DIR")
    return folder


def git(*words, at=ROOT, check=False, **more):
    done = subprocess.run(["git", "-c", "safe.directory=*", *words], cwd=at, capture_output=True, **more)
    if check and done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise Trouble(f"the source cannot be copied to {at}: git {words[0]}: {said[-1]}")
    return done


def take_source(to):
    """The commit of this checkout with what was changed since, as a repository that has it alone, so that a
    run names its commit wherever it is.  What it is called; None: this is no checkout."""
    head = git("rev-parse", "HEAD", text=True).stdout.strip()
    if not head or not (ROOT / ".git").exists():
        return None
    objects = git("rev-list", "--objects", "-1", "HEAD", check=True).stdout
    pack = git("pack-objects", "--stdout", "-q", input=objects, check=True).stdout
    git("init", "-q", at=to, check=True)
    git("index-pack", "--stdin", at=to, input=pack, check=True)
    (to / ".git/shallow").write_text(head + "\n")
    git("update-ref", "--no-deref", "HEAD", head, at=to, check=True)
    git("reset", "-q", "--hard", at=to, check=True)
    changed = git("diff", "--binary", "HEAD", check=True).stdout
    if changed:
        git("apply", "--whitespace=nowarn", at=to, input=changed, check=True)
        say("this checkout has changes that are not committed; they are measured, and every run says so")
    return head


def take_program(program, to):
    """The program with what stands beside it: its placements, and the twins in Go."""
    to.mkdir(parents=True)
    shutil.copy2(program, to / "twinbench")
    homes = (program.parent, program.parent.parent / "lib/twinbench")  # as it is built, and as it is installed
    home = next((h for h in homes if (h / "placements/complete").exists()), None)
    for path in home.glob("placements/*") if home else ():
        if re.fullmatch(r"\d+|complete", path.name):
            (to / "placements").mkdir(exist_ok=True)
            shutil.copy2(path, to / "placements" / path.name)
    for release in program.parent.glob("go*/release"):
        shutil.copytree(release.parent, to / release.parent.name, symlinks=True)
        beside = program.parent / f"twinbench-{release.parent.name}"
        shutil.copy2(beside, to / beside.name)


def write(folder, asked, part, tasks, commit, dealt):
    what = {"submitted": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "job": f"twinbench-{folder.name}-{secrets.token_hex(3)}",
            "partition": part["PartitionName"], "commit": commit or "", "quick": asked.quick, "tip": asked.tip or "",
            "minutes": int(asked.minutes or 0), "shared": not asked.no_shared, "tasks": [{"name": name, "pin": pin} for name, pin in tasks]}
    if dealt:
        for task, tips in zip(what["tasks"], dealt):
            task["tips"] = tips
        (folder / "shards").write_text("".join(f"{','.join(tips)}\n" for tips in dealt))
    (folder / "tasks").write_text("".join(f"{name}\n" for name, _ in tasks))
    (folder / "options").write_text("quick yes\n" * asked.quick + (f"tip {asked.tip}\n" if asked.tip else ""))
    for name, _ in tasks:
        (folder / "runs" / name).mkdir(parents=True)
    with open(folder / "fleet.json", "w") as f:
        f.write(json.dumps(what, indent=1) + "\n")
        f.flush()
        os.fsync(f.fileno())
    return what


def open_fleet(folder):
    """Its fleet.json."""
    what = load(folder / "fleet.json", "a fleet is a folder that `twinbench fleet submit` has made")
    if (not all(isinstance(what.get(k), t) for k, t in (("job", str), ("partition", str), ("tasks", list), ("submitted", str)))
            or not all(isinstance(t, dict) and isinstance(t.get("name"), str) and isinstance(t.get("pin"), str) for t in what["tasks"])):
        raise Trouble(f"{folder}/fleet.json holds something else than a fleet")
    return what


# --- the jobs

def arrays(numbers, most):
    """[(offset, indices)]: no index of an array is larger than that."""
    found = {}
    for n in numbers:
        offset = (n - 1) // most * most
        found.setdefault(offset, []).append(n - offset)
    return sorted(found.items())


def options(what):
    """What Slurm is told of each job, of whatever kind."""
    return [f"--job-name={what['job']}", f"--partition={what['partition']}", "--nodes=1", "--ntasks=1", "--exclusive", "--hint=nomultithread",
            "--mem=0", "--export=PATH,HOME,TWIN_BATCH_US", *([f"--time={what['minutes']}"] if what.get("minutes") else [])]


def submit_array(folder, what, offset, indices):
    said = slurm.tell("sbatch", "--parsable", "--hold", f"--array={slurm.ranges(indices)}", *options(what), f"--comment={offset}", "--requeue",
                      f"--output={folder}/slurm.log", "--open-mode=append", str(HERE / "task.sh"), str(folder), str(offset))
    job = said.strip().split(";")[0]
    # One process for all of them: a process for each takes three times as long.
    slurm.tell("scontrol", lines="".join(f"update JobId={job}_{i} {what['tasks'][offset + i - 1]['pin']}\n" for i in indices))
    return job


def submit_numbers(folder, what, numbers):
    """All of these tasks, or none: what went into the queue before something failed is taken out again."""
    try:
        jobs = [submit_array(folder, what, *array) for array in arrays(numbers, slurm.most_in_array())]
        for job in jobs:
            slurm.tell("scontrol", "release", job)
    except BaseException:
        slurm.cancel(what["job"])
        raise
    return jobs


def tell_submitted(folder, part, jobs, numbers):
    say(f"{plural(len(numbers), 'task')} in {plural(len(jobs), 'array')} ({', '.join(jobs)}), into {folder}")
    if part.get("State", "UP") != "UP":
        say(f"partition {part['PartitionName']} is {part['State']}: nothing starts before somebody brings it up")
    print(f"  how far it is:  twinbench fleet status {folder}\n  the page:       twinbench fleet collect {folder}\n"
          f"  no more of it:  twinbench fleet cancel {folder}")


def begin(asked, program):
    slurm.need(*["srun"] * asked.no_shared)
    part = slurm.partition(asked.partition)
    tasks, dealt = choose(part, asked), deal(asked, program)
    results = Path(asked.results or "results/fleet").absolute()
    folder = make_folder(results, tasks)
    try:
        (folder / "source").mkdir()
        commit = take_source(folder / "source")
        take_program(Path(program), folder / "source/build" / os.uname().machine)
        what = write(folder, asked, part, tasks, commit, dealt)
        numbers = range(1, len(tasks) + 1)
        if not asked.no_shared:
            with alone_in(folder):
                jobs = submit_numbers(folder, what, numbers)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if asked.no_shared:
        with alone_in(folder):
            return apart.run(folder, what, numbers, options(what))
    return tell_submitted(folder, part, jobs, tasks)


@contextlib.contextmanager
def alone_in(folder):
    """Two submissions of one folder at once would measure everything twice."""
    with open(folder / ".lock", "a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(f"{folder} is being submitted already; twinbench fleet status {folder} tells how far it is") from None
        yield


def again(folder, states, minutes=None):
    """Once more what is neither complete nor in the queue, and let go what is held there: a controller that was
    killed may have forgotten either.  states(folder, what) knows."""
    slurm.need()
    what = open_fleet(folder)
    need_writable(folder)
    with alone_in(folder):
        return again_alone(folder, states, what | ({"minutes": int(minutes)} if minutes else {}))


def again_alone(folder, states, what):
    part, known = slurm.partition(what["partition"]), list(states(folder, what))
    numbers = [n for n, _, state, _ in known if state in ("failed", "gone")]
    held = sum(words == "JobHeldUser" for *_, words in known)
    if held:
        for job in {row["job"] for row in slurm.queue(what["job"]).values() if row["reason"] == "JobHeldUser"}:
            slurm.tell("scontrol", "release", job)
        say(f"{plural(held, 'task')} of {folder} let go, which were held in the queue")
    if not numbers:
        return None if held else say(f"nothing to submit: every task of {folder} is complete or in the queue")
    for n in numbers:
        (folder / "runs" / what["tasks"][n - 1]["name"] / "done").unlink(missing_ok=True)  # it names a run that is gone
    if not what.get("shared", True):
        return apart.run(folder, what, numbers, options(what))
    jobs = submit_numbers(folder, what, numbers)
    return tell_submitted(folder, part, jobs, numbers)
