# SPDX-License-Identifier: MIT
"""fence.py - where a stranger's text is compiled, and where his code runs.

bubblewrap gives it a machine of its own: no network, no terminal, no other process to be seen, the
system's programs and libraries to be read and nothing else of the disk.  A system call that is not on a
list (filters.py) does not exist.  Nothing can be written but what lies in memory, and of that there
is so much and no more.  When bubblewrap ends, the kernel ends everything inside with it.  As root it
first becomes a user that nobody is, another one for each fence, for the kernel does not limit
root's number of processes.

There is no second, weaker fence: where bubblewrap is missing or forbidden, nothing is graded."""

import functools
import itertools
import os
import re
import secrets
import selectors
import shlex
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import filters
import groups

USERS = 10000             # of one grader, one after the other
PROCESSES = 64            # with threads; a fork bomb ends here
MOST_OF_OURS = 4096       # of our own twins, when many gradings run at a time
TOGETHER = 4 << 30        # memory of all processes in a fence, where there are control groups
OPEN_FILES = 1024         # as anywhere; a twin that loses some is to be counted, and not ended
SCRATCH_BYTES = 64 << 20  # what the compiler and its kin may have in /tmp
REPORT_BYTES = 1 << 20    # a sanitizer's report
DUMP_BYTES = 32 << 20     # a file in memory, where a scene makes some
MOST_OUTPUT = 32 << 20
WAIT = 50                 # times the processor time that a tool may take, by the clock: on a busy machine it waits
TRIES = 3                 # of what somebody has killed
PADDING = "=padding="     # stands for what the environment says when the script runs


# What stands before a tool says why that did not begin.
NOT_BEGUN = re.compile(rb"(bwrap|setpriv|prlimit): .*")


class NoFence(Exception):
    """One line for the reader."""


class NotNow(Exception):
    """Nothing is wrong with the file, and nothing can be said of it; another time may tell."""


# How the tools say it when somebody has killed one of those that they start.  It is the last that they say: what a
# student has them say, as by __attribute__((error("..."))), stands before the compiler's own last line.
KILLED = re.compile(rb"^(Killed|(gcc|g\+\+|clang|clang\+\+|collect2): .*(Killed signal|signal 9|command: Killed|due to signal).*)"
                    rb"\s*(compilation terminated\.\s*)?\Z", re.M)


@dataclass
class Done:
    """How a tool ended: status as Popen.returncode; late and too_much: it was ended for that."""
    status: int
    out: bytes
    err: bytes
    late: bool = False
    too_much: bool = False

    def killed(self):
        """By somebody else: what a limit ends gets another signal first, or says that there is no memory."""
        return not self.late and not self.too_much and bool(self.status in (-9, 137) or KILLED.search(self.err))


# Around a program for a sanitizer.  Its report comes out behind how it ended; that there is one is no
# ending of the program's own.
REPORT = f"""r=0; "$@" 6>&- || r=$?
{{ echo "exit $r"; cat /report/* 2>/dev/null | head -c {REPORT_BYTES - 4096}; }} >&6
[ $r = 86 ] && exit 0; exit $r"""

fences = itertools.count()


@functools.cache
def first_user(grader):
    """Of a process.  Its number does not say: the next container has a process of the same number, and maybe the same
    users."""
    return 200000 + secrets.randbelow(200000) * USERS


def nobody():
    """A user and group that own nothing: their number of processes is then their own.  A fence may stand long after
    hundreds of others were made, so there are many of them.  Where a container knows no such user, it is nobody."""
    uid = first_user(os.getpid()) + next(fences) % USERS
    with open("/proc/self/uid_map") as f:
        known = [(int(first), int(n)) for first, _, n in (l.split() for l in f)]
    return uid if any(first <= uid < first + n for first, n in known) else 65534


def become():
    uid = str(nobody())
    return ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"] if os.geteuid() == 0 else []


def walls(show, scratch, proc, environment):
    """bubblewrap's words.  show: [(here, there)], to be read; scratch: {folder: bytes}, in memory; proc: what a program
    wants that the compiler does not, /proc and two devices."""
    words = ["bwrap", "--unshare-all", "--new-session", "--die-with-parent", "--clearenv",
             "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LC_ALL", "C.UTF-8", "--ro-bind", "/usr", "/usr"]
    for folder in ("bin", "lib", "lib64"):
        words += ["--symlink", f"usr/{folder}", f"/{folder}"]
    words += ["--dir", "/dev"]
    for device in ("null", "zero", "urandom") if proc else ("null",):
        words += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    words += ["--proc", "/proc"] if proc else []
    for folder, size in scratch.items():
        words += ["--size", str(size), "--tmpfs", folder]
    for here, there in show:
        words += ["--ro-bind", os.fspath(here), there]
    for name, value in environment:
        words += ["--setenv", name, value]
    return words + ["--remount-ro", "/", "--chdir", "/"]


def limits(seconds, memory, file_bytes, processes=PROCESSES):
    """For each process; of a twin there is one, for it cannot start another."""
    return ["prlimit", f"--nproc={processes}", f"--nofile={OPEN_FILES}", f"--fsize={file_bytes}", "--core=0",
             *([f"--cpu={seconds}:{seconds + 1}"] if seconds else []), *([f"--as={memory}"] if memory else []), "--"]


def rules_file(program):
    """A descriptor that bubblewrap reads a filter from."""
    fd = os.memfd_create("rules", 0)
    os.write(fd, program)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


@functools.cache
def works():
    """Installed, and allowed to work: many containers forbid it."""
    if not shutil.which("bwrap"):
        return False
    for _ in range(TRIES):
        rules = rules_file(filters.tools())
        words = become() + walls([], {"/tmp": 4096}, True, []) + ["--seccomp", str(rules), "true"]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              pass_fds=[rules])
        os.close(rules)
        if done.returncode not in (-9, 137):
            break
    return done.returncode == 0


def check():
    if not works():
        raise NoFence("there is no fence, so nothing is graded: bubblewrap does not work here (apt-get install bubblewrap)")


def read_both(process, deadline, most):
    """What it says on both of its pipes, up to `most` bytes of each; (out, err, late, too much)."""
    said = {process.stdout: bytearray(), process.stderr: bytearray()}
    with selectors.DefaultSelector() as waiting:
        for pipe in said:
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                return (*said.values(), True, False)
            for key, _ in waiting.select(left):
                more = os.read(key.fd, 1 << 16)
                said[key.fileobj] += more
                if len(said[key.fileobj]) > most:
                    return (*said.values(), False, True)
                if not more:
                    waiting.unregister(key.fileobj)
    return (*said.values(), False, False)


def run(words, show=(), environment=(), seconds=20, memory=2 << 30, most=MOST_OUTPUT):
    """One of Debian's tools on what is shown to it.  What it makes comes back as its output: there is
    no place outside that it could write to."""
    for _ in range(TRIES):
        done = run_once(words, show, environment, seconds, memory, most)
        not_begun = NOT_BEGUN.match(done.err)
        if not done.killed() and not not_begun:
            return done
    why = not_begun[0].decode(errors="replace") if not_begun else "it was killed"
    raise NotNow(f"{words[0]} did not come to its end, {TRIES} times: {why}")


def run_once(words, show, environment, seconds, memory, most):
    check()
    rules, group = rules_file(filters.tools()), groups.make(TOGETHER, PROCESSES)
    command = become() + walls(show, {"/tmp": SCRATCH_BYTES}, False, [("TMPDIR", "/tmp"), *environment]) \
        + ["--seccomp", str(rules)] + limits(seconds, memory, SCRATCH_BYTES) + words
    try:
        done = run_in(groups.join(group, command), rules, WAIT * seconds, most)
        done.too_much = done.too_much or groups.has_killed(group)
        return done
    finally:
        groups.remove(group)


def run_in(command, rules, seconds, most):
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          pass_fds=[rules], start_new_session=True) as process:
        os.close(rules)
        try:
            out, err, late, too_much = read_both(process, time.monotonic() + seconds, most)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        if late or too_much:
            os.killpg(process.pid, signal.SIGKILL)
        status = process.wait()
    return Done(status, bytes(out), bytes(err), late, too_much)


def script(folder, name, program, environment=(), reports=False, before=(), evidence=False, scene=(),
           ours=False):
    """folder/NAME, a shell script that runs a program (its bytes) inside a fence, with the script's own arguments.
    The rules for the twin lie beside the program, which puts itself under them.  reports: what a sanitizer
    writes to /report comes out in the file NAME.report; evidence: the program's descriptor 5 is NAME.evidence;
    scene: what it may call besides (filters.py); ours: it is a twin of ours, which several gradings may run at
    the same time, and all of these are one user."""
    home, path = folder / f"{name}.d", folder / name
    home.mkdir()
    (home / name).write_bytes(program)
    (home / name).chmod(0o755)
    (home / "rules").write_bytes(filters.twin(reports, scene))
    (folder / f"{name}.rules").write_bytes(filters.tools())
    inside, descriptors = [f"/twin/{name}"], [("<", 9, "rules")]
    if reports:
        inside = ["sh", "-c", REPORT, "sh",
                  *before, *inside]
        descriptors += [(">", 6, "report")]
    if evidence:
        descriptors += [(">", 5, "evidence")]
    words = become() + walls([(home, "/twin")], {"/report": REPORT_BYTES} if reports else {}, True,
                             [*environment, ("TWIN_PADDING", PADDING)]) \
        + ["--seccomp", "9"] \
        + limits(0, 0, DUMP_BYTES if scene else REPORT_BYTES, MOST_OF_OURS if ours else PROCESSES) + inside
    group = [] if ours else groups.make(TOGETHER, PROCESSES)
    (home / "groups").write_text("\n".join(map(str, group)))
    words = groups.join(group, words)
    # A new file each time: what somebody has killed may still be writing to the last one.
    written = [f"{path}.{what}" for how, _, what in descriptors if how == ">"]
    lines = ["#!/bin/sh"] + [f"rm -f {shlex.quote(name)}" for name in written] + [f"exec {fd}{how}{shlex.quote(f'{path}.{what}')}" for how, fd, what in descriptors]
    lines += ["exec " + shlex.join(words).replace(PADDING, '"$TWIN_PADDING"') + ' "$@"', ""]
    path.write_text("\n".join(lines))
    path.chmod(0o755)


held = {}  # {folder of ours: the descriptor by which it is (kept.py)}


def hold(folder, fd):
    """The folder, which is ours until discard()."""
    held[folder] = fd
    return folder


def discard(folder):
    """A folder of scripts, with the control groups in which their programs ran."""
    for names in folder.glob("*.d/groups"):
        groups.remove([Path(name) for name in names.read_text().split("\n") if name])
    shutil.rmtree(folder, ignore_errors=True)
    if folder in held:
        os.close(held.pop(folder))
