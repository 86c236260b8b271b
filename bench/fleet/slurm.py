# SPDX-License-Identifier: MIT
"""slurm.py - what Slurm is asked, and its answers as Python's.

Everything goes through its own commands, whose output has been the same for years; what a command
complains of becomes one line of ours."""

import re
import shutil
import subprocess
import sys

from stored import Trouble

COMMANDS = ("sbatch", "scontrol", "squeue", "scancel")
PATIENCE = 120  # seconds; Slurm's own commands give up before
FIELDS = {"job": "%A", "task": "%K", "offset": "%k", "state": "%T", "reason": "%r", "node": "%N", "uid": "%U"}


def need(*more):
    lacking = [c for c in (*COMMANDS, *more) if not shutil.which(c)]
    if lacking:
        raise Trouble(f"no Slurm here ({lacking[0]} is not in PATH): go where jobs are submitted, usually a login node; "
                      "one machine alone is measured by make bench")


def tell(*argv, lines=""):
    """Does the command, and gives what it printed; the lines are what it reads."""
    try:
        done = subprocess.run(argv, capture_output=True, text=True, errors="replace", timeout=PATIENCE + len(lines) // 100, input=lines)
    except subprocess.TimeoutExpired:
        raise Trouble(f"{argv[0]} has not answered for {PATIENCE} s; is Slurm's controller up? (scontrol ping)") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise Trouble(f"{argv[0]} refused: {re.sub(r'^s[a-z]+: ((error|fatal): )?', '', said)}")
    return done.stdout


def pairs(line):
    """ "A=1 B=x y C=2" -> {"A": "1", "B": "x y", "C": "2"}, as scontrol -o prints it. """
    parts = re.split(r"(?:^| )([A-Z]\w*)=", line)
    return {k: v.strip() for k, v in zip(parts[1::2], parts[2::2])}


def partition(name):
    """What is known of it; None: there is no such partition, else its name may be None: the usual one."""
    found = [pairs(line) for line in tell("scontrol", "-o", "show", "partition").splitlines()]
    for p in found:
        if p.get("PartitionName") == name or (not name and p.get("Default") == "YES"):
            return p
    names = ", ".join(p.get("PartitionName", "?") for p in found) or "none"
    raise Trouble(f"no partition '{name}' here; there are: {names}" if name else
                  f"this Slurm has no usual partition: say --partition, one of: {names}")


def nodes(part):
    """{name: what is known of it} of the partition's."""
    found = [pairs(line) for line in tell("scontrol", "-o", "show", "node").splitlines()]
    return {n["NodeName"]: n for n in found if part in n.get("Partitions", "").split(",")}


def most_in_array():
    """The largest index that a task of an array may have."""
    found = re.search(r"^MaxArraySize\s*=\s*(\d+)", tell("scontrol", "show", "config"), re.M)
    return max(int(found[1]) - 1, 1) if found else 1000


def ranges(numbers):
    """[1, 2, 3, 7] -> "1-3,7"."""
    parts = []
    for n in sorted(numbers):
        if parts and n == parts[-1][1] + 1:
            parts[-1][1] = n
        else:
            parts.append([n, n])
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in parts)


def queue(job):
    """{number of the task: what the queue says} of all arrays of that name, whoever has submitted them."""
    found = {}
    for line in tell("squeue", "-h", "-r", "--name", job, "-o", "|".join(FIELDS.values())).splitlines():
        row = dict(zip(FIELDS, line.split("|")))
        if row["offset"].isdigit():  # without a task it is a job of apart.py
            found[int(row["offset"]) + int(row["task"] if row["task"].isdigit() else 0)] = row
    return found


def cancel(job):
    tell("scancel", "--name", job)


def end(main, command):
    """The program ends as main() does; trouble is one line, of that command."""
    try:
        sys.exit(main())
    except Trouble as e:
        sys.exit(f"twinbench: {e}")
    except shutil.Error as e:  # of a folder that was copied: what became of each file
        path, _, why = e.args[0][0]
        sys.exit(f"twinbench: {command}: {path} cannot be copied: {why}")
    except OSError as e:
        sys.exit(f"twinbench: {command}: {f'{e.filename}: ' if e.filename else ''}{e.strerror}")
    except KeyboardInterrupt:
        sys.exit(130)
