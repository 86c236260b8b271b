# SPDX-License-Identifier: MIT
"""apart.py - a fleet whose machines do not see its folder.

What a task reads goes to its machine as a tar through srun's input: the source, the program, and task.sh, which
runs there as it does on a shared file system.  What the task leaves comes back as a tar through srun's output.
It takes the place of FOLDER/runs/TASK only as a whole, so whatever is cut off on the way is no run."""

import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import slurm
from stored import Trouble
from words import plural

HERE = Path(__file__).resolve().parent
PINS = {"ReqNodeList": "--nodelist", "Features": "--constraint"}
PATIENCE = 150  # seconds until a cancelled srun is gone: Slurm waits KillWait, 30 unless configured, before it kills
AGAIN = 5       # seconds until scancel is repeated: it does not know a job that srun is only about to submit

# Slurm ends a job with SIGTERM to all of its processes.  They may write a little longer: hence the second rm.
# What is waited for is in the background, for the shell obeys no trap before a foreground command has ended.
THERE = """
d=$(mktemp -d /tmp/twinbench-fleet.XXXXXX) || exit
trap 'rm -rf "$d" 2>/dev/null || { sleep 1; rm -rf "$d"; }' EXIT
trap 'trap "" HUP INT TERM; kill $task 2>/dev/null; exit 143' HUP INT TERM
tar xz -C "$d" || exit
SLURM_ARRAY_TASK_ID=$1 sh "$d/task.sh" "$d" 0 >/dev/null &
task=$!
wait $task
tar cz -C "$d/runs/$2" .
"""


@dataclass
class Asked:
    task: dict
    own: Path     # what it leaves, in the folder of the fleet
    back: Path    # the tar that comes back
    said: Path    # srun's complaints
    srun: subprocess.Popen


def say(words):
    print(f"twinbench: {words}", flush=True)


def pack(folder, to):
    """All that a task reads."""
    names = [name for name in ("tasks", "options", "shards", "source") if (folder / name).exists()]
    done = subprocess.run(["tar", "czf", str(to), "-C", str(folder), *names, "-C", str(HERE), "task.sh"], capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"the program cannot be packed into {to}: {(done.stderr.strip() or 'no message').splitlines()[-1]}")


def ask(folder, what, number, options, packed, scratch):
    """Starts srun, in a session of its own: Ctrl-C is for us, who then end all of them in order."""
    task = what["tasks"][number - 1]
    how, _, where = task["pin"].partition("=")
    back, said = scratch / f"{number}.tar.gz", scratch / f"{number}.log"
    with open(packed, "rb") as sent, open(back, "wb") as out, open(said, "wb") as err:
        srun = subprocess.Popen(["srun", "--quiet", *options, f"--comment={number}", f"{PINS[how]}={where}", "--chdir=/tmp",
                                 "sh", "-c", THERE, "sh", str(number), task["name"]],
                                stdin=sent, stdout=out, stderr=err, start_new_session=True)
    return Asked(task, folder / "runs" / task["name"], back, said, srun)


def unpack(asked):
    """Whether a whole tar came back.  It then stands in the place of what an earlier attempt left."""
    fresh = asked.back.with_suffix("")
    fresh.mkdir()
    if subprocess.run(["tar", "xzf", str(asked.back), "--no-same-owner", "-C", str(fresh)], capture_output=True).returncode:
        return False
    shutil.rmtree(asked.own)
    fresh.rename(asked.own)
    return True


def why(asked, cancelled):
    """It brought nothing whole back."""
    lines = [line.strip() for line in asked.said.read_text(errors="replace").splitlines() if line.strip()]
    if cancelled:
        return "cancelled before it was complete"
    if lines:
        return lines[-1]
    return f"what came back is torn ({asked.back.stat().st_size:,} bytes); srun ended with {asked.srun.returncode}"


def ended(asked, cancelled):
    """Tells what came of it; True: there is a complete run."""
    if not unpack(asked):
        with open(asked.own / "log", "a", encoding="utf-8") as log:
            log.write(asked.said.read_text(errors="replace"))
        (asked.own / "failed").write_text(f"{why(asked, cancelled)}\n")
    complete = (asked.own / "done").exists()
    if not complete and not (asked.own / "failed").exists():
        (asked.own / "failed").write_text("it was ended before its run was complete\n")
    say(f"{asked.task['name']}: " + ("complete" if complete else f"failed: {(asked.own / 'failed').read_text(errors='replace').strip()}"))
    asked.back.unlink()
    return complete


def wait(waiting, complete, cancelled=False, until=None):
    """Until each srun has ended, or that moment.  Who has is no longer among the waiting."""
    while waiting and (until is None or time.monotonic() < until):
        for asked in [a for a in waiting if a.srun.poll() is not None]:
            waiting.remove(asked)
            complete.append(ended(asked, cancelled))
        time.sleep(0.2)


def cancel(what, waiting, complete):
    say(f"{plural(len(waiting), 'task')} being ended; what is complete stays")
    end = time.monotonic() + PATIENCE
    while waiting and time.monotonic() < end:
        slurm.cancel(what["job"])
        wait(waiting, complete, True, time.monotonic() + AGAIN)
    for asked in waiting:
        say(f"{asked.task['name']}: still being ended by Slurm (squeue --name {what['job']} shows it)")


@contextlib.contextmanager
def ended_as_by_ctrl_c():
    """A terminal that is closed, or a kill, ends the jobs as well."""
    def stop(*_):
        raise KeyboardInterrupt
    before = {s: signal.signal(s, stop) for s in (signal.SIGHUP, signal.SIGTERM) if signal.getsignal(s) != signal.SIG_IGN}
    try:
        yield
    finally:
        for s, how in before.items():
            signal.signal(s, how)


def run(folder, what, numbers, options):
    """These tasks, until each has ended.  The exit status."""
    say(f"{plural(len(numbers), 'task')}, into {folder}; Ctrl-C ends them and keeps what is complete")
    waiting, complete = [], []
    with ended_as_by_ctrl_c(), tempfile.TemporaryDirectory(prefix=".apart-", dir=folder) as scratch:
        packed = Path(scratch, "sent.tar.gz")
        pack(folder, packed)
        try:
            for number in numbers:
                (folder / "runs" / what["tasks"][number - 1]["name"] / "failed").unlink(missing_ok=True)
                waiting.append(ask(folder, what, number, options, packed, Path(scratch)))
            wait(waiting, complete)
        except BaseException:
            cancel(what, waiting, complete)
            raise
        finally:
            say(f"{sum(complete)} of {plural(len(numbers), 'task')} complete")
            if sum(complete) < len(numbers):
                print(f"  once more:      twinbench fleet submit {folder}")
            print(f"  the page:       twinbench fleet collect {folder}", flush=True)
    return 0 if all(complete) else 1
