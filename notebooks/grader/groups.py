# SPDX-License-Identifier: MIT
"""groups.py - one bound for all processes of a fence together, where this machine lets us set one.

A limit of fence.py holds for each process.  A control group counts them all, with the threads, and the memory
of all with what lies in the files that they have in memory.  Where a group may be made, each fence has its own:

    v2   below the group that this process is in: root's own, or one that was given away to the user, as
         `systemd-run --user --scope -p Delegate=yes make grade-all ...` does
    v1   the same, in the trees `memory` and `pids`, for root

Elsewhere the limits stand alone; held_by() says which it is, and every grading says it too."""

import contextlib
import functools
import os
import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

import kept

CONTROLLERS = ("memory", "pids")
PREFIX = "twinbench-"
held = {}  # {group of ours: the descriptor by which it is}


@dataclass
class Home:
    """Where groups are made."""
    version: str
    folders: list = field(default_factory=list)


def mounts():
    """[(where, file system, its options)]"""
    with open("/proc/self/mountinfo") as f:
        for line in f:
            before, _, after = line.partition(" - ")
            kind, _, options = after.split(" ", 2)
            yield Path(before.split(" ")[4]), kind, options.strip().split(",")


def own_groups():
    """{controllers of a tree: this process's group in it}; "" is v2's."""
    with open("/proc/self/cgroup") as f:
        return {names: path.strip("/") for _, names, path in (line.rstrip("\n").split(":", 2) for line in f)}


def make_room(folder):
    """v2: in a group with processes no child may count memory; so they move into a child of their own."""
    aside = folder / f"{PREFIX}self"
    aside.mkdir(exist_ok=True)
    for pid in (folder / "cgroup.procs").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            (aside / "cgroup.procs").write_text(pid)


def v2_folder(where, own):
    folder = where / own.removesuffix(f"{PREFIX}self")  # an earlier grader's make_room()
    if not set(CONTROLLERS) <= set((folder / "cgroup.controllers").read_text().split()):
        return None
    wanted = " ".join(f"+{c}" for c in CONTROLLERS)
    try:
        (folder / "cgroup.subtree_control").write_text(wanted)
    except OSError:
        make_room(folder)
        (folder / "cgroup.subtree_control").write_text(wanted)
    return folder


def v1_folder(where, options, own):
    """Of a tree that counts one of the two."""
    for names, path in own.items():
        for controller in set(names.split(",")) & set(CONTROLLERS) & set(options):
            yield controller, where / path


@functools.cache
def home():
    """None: no group can be made here."""
    own, v1 = own_groups(), {}
    for where, kind, options in mounts():
        with contextlib.suppress(OSError):
            if kind == "cgroup2" and "" in own:
                folder = v2_folder(where, own[""])
                if folder and may_make(folder):
                    return Home("v2", [folder])
            elif kind == "cgroup":
                v1.update((c, f) for c, f in v1_folder(where, options, own) if may_make(f))
    return Home("v1", [v1[c] for c in CONTROLLERS]) if len(v1) == len(CONTROLLERS) else None


def may_make(folder):
    """One is made, to see."""
    remove([make_in(folder)])
    return True


def make_in(folder):
    """A new group there, which is ours until remove(), or as long as this process is there."""
    def one():
        made = folder / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        made.mkdir()
        return made
    made, fd = kept.make_held(one)
    held[made] = fd
    return made


def sweep():
    """What graders have left that were killed."""
    for folder in home().folders if home() else ():
        for group in folder.glob(f"{PREFIX}[0-9]*"):
            with kept.take_over(group) as is_left:
                if is_left:
                    remove([group])


def held_by():
    """What bounds memory and processes, in words."""
    found = home()
    return f"control groups ({found.version}) and limits" if found else "limits of each process"


def make(memory, processes):
    """[folder] of a new group; none where there are no groups."""
    found = home()
    if not found:
        return []
    made = [make_in(folder) for folder in found.folders]
    for folder in made:
        for file, value in (("memory.max", memory), ("memory.swap.max", 0), ("memory.limit_in_bytes", memory), ("pids.max", processes)):
            if (folder / file).exists():
                (folder / file).write_text(str(value))
    return made


# The shell itself goes into the groups, and then becomes the program.
JOIN = 'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit 96; shift; done; shift; exec "$@"'


def join(made, words):
    """The words of a command that begins in these groups."""
    return ["sh", "-c", JOIN, "sh", *map(str, made), "--", *words] if made else words


def has_killed(made):
    """Has a process in there been ended because all together had too much memory?"""
    for file in (folder / name for folder in made for name in ("memory.events", "memory.oom_control")):
        with contextlib.suppress(OSError):
            if re.search(r"^oom_kill [1-9]", file.read_text(), re.M):
                return True
    return False


def remove(made):
    """When all in it has ended, which the kernel sees to; it takes a moment."""
    deadline = time.monotonic() + 5
    for folder in made:
        while folder.exists() and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                folder.rmdir()
                break
            time.sleep(0.01)
        if folder in held:
            os.close(held.pop(folder))
