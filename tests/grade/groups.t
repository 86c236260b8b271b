#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""groups.t - control groups of version 2 bound what is in a fence, together.

A machine has its memory and pids controllers in version 1 or in version 2.  So a kernel of its own is started, as a
process (user-mode-linux), with this system's files to be read and version 2: as root, as a user in a group that was
given to him, again from the group into which his first grader has moved his shell, and as a user without one."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

INIT = """#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t devtmpfs dev /dev
mount -t sysfs sys /sys
mount -t cgroup2 none /sys/fs/cgroup
cat {here}/look.py > /dev/look.py
mkdir /dev/grader && cp {grader}/*.py /dev/grader
mount -t tmpfs -o mode=1777 tmpfs /tmp
user='setpriv --reuid=61234 --regid=61234 --clear-groups'
python3 -B /dev/look.py root
mkdir /sys/fs/cgroup/given && echo "+memory +pids" > /sys/fs/cgroup/cgroup.subtree_control
chown -R 61234 /sys/fs/cgroup/given
sh -c "echo \\$\\$ > /sys/fs/cgroup/given/cgroup.procs; $user python3 -B /dev/look.py given; exec $user python3 -B /dev/look.py again"
$user python3 -B /dev/look.py alone
echo the end
echo o > /proc/sysrq-trigger
sleep 60
"""

LOOK = """
import os, sys
sys.path.insert(0, "/dev/grader")
import fence, groups
who, found = sys.argv[1], groups.home()
print(who, "held by", groups.held_by(), flush=True)
one = "perl -e '$x = \\"x\\" x (60 << 20); sleep 2; print STDERR \\"had it\\\\n\\"'"
for most in (4 << 30, 128 << 20):
    fence.TOGETHER = most
    done = fence.run_once(["sh", "-c", f"{one} | {one} | {one}"], (), (), 400, 2 << 30, 1 << 20)
    print(who, "of", most >> 20, "MiB", done.err.count(b"had it"), "had theirs, too much:", done.too_much, flush=True)
fence.TOGETHER, fence.PROCESSES = 4 << 30, 16
done = fence.run_once(["sh", "-c", " | ".join(["sleep 1"] * 18) + " && echo all"], (), (), 400, 0, 1 << 20)
print(who, "eighteen processes:", b"all" in done.out, flush=True)
print(who, "left:", [str(f) for home in (found.folders if found else ()) for f in home.glob(f"{groups.PREFIX}{os.getpid()}-*")], flush=True)
"""

GROUPED = [r"held by control groups \(v2\) and limits", "of 4096 MiB 3 had theirs, too much: False",
           "of 128 MiB [0-2] had theirs, too much: True", "eighteen processes: False", r"left: \[\]"]
ALONE = ["held by limits of each process", "of 4096 MiB 3 had theirs, too much: False",
         "of 128 MiB 3 had theirs, too much: False", "eighteen processes: True"]


def main():
    tap = cases.Tap()
    with tempfile.TemporaryDirectory(prefix="groups-") as name:
        here = Path(name)
        (here / "init").write_text(INIT.format(here=here, grader=cases.ROOT / "notebooks/grader"))
        (here / "init").chmod(0o755)
        (here / "look.py").write_text(LOOK)
        words = [KERNEL, "mem=1500M", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "quiet", f"init={here}/init",
                 "con=null", "con0=null,fd:1", "con1=null,fd:1", f"uml_dir={here}"]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode(errors="replace").replace("\r", "")
    for who, lines in (("root", GROUPED), ("given", GROUPED), ("again", GROUPED), ("alone", ALONE)):
        for line in lines:
            tap.say(re.search(rf"^{who} {line}$", said, re.M), f"{who}: {line}", said[-1500:] if tap.failed < 1 else "")
    tap.say("the end" in said, "it came to its end", said[-500:])
    return tap.end()


KERNEL = shutil.which("linux.uml")
if not KERNEL:
    sys.exit(print("1..0 # SKIP there is no linux.uml here (apt-get install user-mode-linux)"))
if os.geteuid() != 0:
    sys.exit(print("1..0 # SKIP its user would own this system's files"))
sys.exit(cases.behind_fence(main))
