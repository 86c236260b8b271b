# SPDX-License-Identifier: MIT
"""sandbox.py - the command line behind which a stranger's code is compiled and run.

bubblewrap gives it a machine of its own: no network, no other process to be seen, the
system's programs to be read, and nothing else of the disk.  Nothing can be written but what
is bound for it, so a full disk is not to be had.  As root it first becomes a user that nobody
is, for the kernel does not limit root's number of processes.  When bubblewrap
ends, the kernel ends everything inside with it.

Where bubblewrap is missing or forbidden there is one weaker fence, and for root alone: that same
user, with the same limits, and a folder that it may not write to.  It can still read what
everybody may read."""

import functools
import os
import shutil
import subprocess

PROCESSES = 64         # with threads; a fork bomb ends here
FILE_BYTES = 64 << 20  # in all files that it may write, one by one


class NoSandbox(Exception):
    """One line for the reader."""


@functools.cache
def nobody():
    """A user and group that own nothing, another one for each grading: their number of
    processes is then their own.  Where a container knows no such user, it is nobody."""
    uid = 100000 + os.getpid() % 50000
    with open("/proc/self/uid_map") as f:
        known = [(int(first), int(n)) for first, _, n in (l.split() for l in f)]
    return uid if any(first <= uid < first + n for first, n in known) else 65534


def become():
    uid = str(nobody())
    return ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"] if os.geteuid() == 0 else []


def limits():
    return ["prlimit", f"--nproc={PROCESSES}", f"--fsize={FILE_BYTES}", "--core=0", "--"]


def fenced(binds):
    """bubblewrap's words; binds are (how, from, to)."""
    words = ["bwrap", "--unshare-all", "--die-with-parent", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin",
             "--ro-bind", "/usr", "/usr"]
    for folder in ("bin", "lib", "lib64"):
        words += ["--symlink", f"usr/{folder}", f"/{folder}"]
    words += ["--proc", "/proc", "--dev", "/dev"]
    for how, source, to in binds:
        words += [how, str(source), str(to)]
    return words


@functools.cache
def has_bubblewrap():
    """Installed, and allowed to work: many containers forbid it."""
    if not shutil.which("bwrap") or os.environ.get("GRADE_NO_BUBBLEWRAP"):
        return False
    return subprocess.run(become() + fenced([]) + ["true"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode == 0


def weakness():
    """What to tell about the fence; empty: nothing."""
    return "" if has_bubblewrap() else \
        "bubblewrap does not work here; without it a file can read what every user may read"


def check():
    if not has_bubblewrap() and os.geteuid() != 0:
        raise NoSandbox("there is no sandbox: bubblewrap does not work here (apt-get install bubblewrap, "
                        "or grade as root)")


def command(program, binds=(), writable=False, environment=()):
    """The words before a program's arguments.  binds are (file here, file there); with
    writable the last of them may be written to."""
    check()
    if not has_bubblewrap():
        return become() + limits() + ["env", "-i", "PATH=/usr/bin:/bin",
                                      *(f"{k}={v}" for k, v in environment)] + program
    how = ["--ro-bind"] * len(binds)
    if writable:
        how[-1] = "--bind"
    words = become() + fenced([(h, *b) for h, b in zip(how, binds)])
    for name, value in environment:
        words += ["--setenv", name, value]
    return words + ["--remount-ro", "/"] + limits() + program
