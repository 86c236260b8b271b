#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""fence.t - the fence holds alone.

What hostile.t sees refused is built and run here, with the look at text and object left out.  It earns nothing, and
afterwards nothing is left of it: no file, no process."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("GRADE_GRACE", "300")  # ms; what never ends has this, and 20 times what good takes
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases
import fence
import groups

HERE = cases.ROOT / "tests/grade/hostile"
EVERY = int(os.environ.get("HOSTILE_EVERY", "8"))
BIG = subprocess.run(["gcc", "-print-prog-name=cc1"], capture_output=True, text=True, check=True).stdout.strip()  # 30 MB and more
LEFT_BEHIND = [cases.ROOT / "patterns/hostile-was-here", cases.ROOT / "hostile-was-here", Path("/tmp/hostile-was-here"),
               Path("/dev/shm/hostile-was-here")]


def strangers():
    """Processes of a fence's users."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            uid = re.search(r"^Uid:\s+(\d+)", status.read_text(), re.M)
        except OSError:
            continue
        first = fence.first_user(os.getpid())
        if uid and first <= int(uid[1]) < first + fence.USERS:
            found.append(status.parent.name)
    return found


def all_gone():
    """The kernel takes a moment to end what was inside a fence."""
    deadline = time.monotonic() + 120
    while strangers() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not strangers()


def inside(words, **more):
    done = fence.run(["sh", "-c", words], **more)
    return done.out.decode() + done.err.decode()


def walls(tap):
    """What a tool of Debian's finds in there."""
    said = inside("echo x > /dev/tty; echo x > /x; echo x > /dev/y; echo x > /usr/y; ls /proc; ls /home /root /etc; echo end")
    tap.say(said.count("cannot create") == 4 and "end" in said, "there is no terminal, and nothing to write to", said)
    tap.say(all(f"cannot access '/{name}" in said for name in ("proc", "home", "root", "etc")),
            "there is nothing of the disk but /usr", said)
    said = inside(f"cat {BIG} > /tmp/1; for i in 2 3 4; do cat /tmp/1 > /tmp/$i; done; du -s /tmp | cut -f1")
    used = int(re.findall(r"^\d+$", said, re.M)[0])
    tap.say("No space left" in said and used <= fence.SCRATCH_BYTES >> 10, "memory to write to is bounded", said)
    done = fence.run(["sh", "-c", "while :; do :; done"], seconds=1)
    tap.say(done.status not in (0, None), "what computes without end is ended", done)
    done = fence.run(["sh", "-c", f"while cat {BIG}; do :; done"], most=1 << 20)
    tap.say(done.too_much, "what prints without end is ended", done.status)
    said = inside("unshare -U true; unshare -n true; mount -t tmpfs x /tmp")
    tap.say(said.count("Function not implemented") + said.count("failed") + said.count("must be") >= 3,
            "there are no namespaces and no mounts to be made", said)


def together(tap):
    """What each of three processes may have, they may not have together; nothing is left of their group."""
    if not groups.home():
        return tap.say(True, "all processes of a fence are bounded together # SKIP no control group can be made here")
    one = "perl -e '$x = \"x\" x (60 << 20); sleep 2; print STDERR \"had it\\n\"'"
    had = {}
    for most in (fence.TOGETHER, 128 << 20):
        fence.TOGETHER, usual = most, fence.TOGETHER
        had[most] = fence.run(["sh", "-c", f"{one} | {one} | {one}"]).err.count(b"had it")
        fence.TOGETHER = usual
    tap.say(had[fence.TOGETHER] == 3 and had[128 << 20] < 3, "all processes of a fence are bounded together", had)
    usual, fence.PROCESSES = fence.PROCESSES, 16
    done = fence.run_once(["sh", "-c", " | ".join(["sleep 1"] * 18) + " && echo all"], (), (), 20, 0, 1 << 20)
    fence.PROCESSES = usual
    tap.say(b"Cannot fork" in done.err and b"all" not in done.out, "and so is their number", done)
    left = [f for folder in groups.home().folders for f in folder.glob(f"{groups.PREFIX}{os.getpid()}-*")]
    tap.say(not left, "no control group is left", left)


def main():
    tap = cases.Tap()
    walls(tap)
    together(tap)
    cases.try_all(cases.sample([c for c in cases.read(HERE) if c.how == "let-in"], EVERY), say=tap.say)
    tap.say(not any(p.exists() for p in LEFT_BEHIND), "nothing was written outside", LEFT_BEHIND)
    if os.geteuid() == 0:
        tap.say(all_gone(), "no process is left", strangers())
    return tap.end()


sys.exit(cases.behind_fence(main))
