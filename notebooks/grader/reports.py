# SPDX-License-Identifier: MIT
"""reports.py - a sanitizer's report as one sentence, with a line of the student's file in it.

The report is a file that only the sanitizer writes (fence.py).  ThreadSanitizer names places in the program; which
lines these are is asked of a tool inside the fence.  A race is the student's if one of the two accesses is made by his
file, or by its scene, and the line is the one in his file that led there.  Where the runtime made both, on his behalf, the order was one
that the tool does not see.  Nor does it see that what belongs to a thread has the order of that thread, whichever
tasks it runs.

    python3 reports.py FOLDER TOOL        the sentence, or nothing"""

import os
import re
import shlex
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import fence

MOST_FRAMES = 400
DEPTH = 8  # of the stack of an access
# A student's file is compiled inside the fence, and its scene's tip.c in the tree of the tips.
TREE = os.path.abspath(Path(__file__).resolve().parents[2] / (os.environ.get("TIPS") or "patterns"))
OURS = re.compile(rf"^(?:/src/patterns|{re.escape(TREE)})/\S*?([^/\s]+):(\d+)")


def script(folder):
    """folder/judge TOOL says the sentence."""
    path = folder / "judge"
    path.write_text("#!/bin/sh\nexec " + shlex.join(["env", "TIPS=" + os.environ.get("TIPS", ""), sys.executable, os.path.abspath(__file__), str(folder)]) + ' "$1"\n')
    path.chmod(0o755)


def sentence(folder, tool):
    text = (folder / f"student-{tool}.report").read_bytes().decode(errors="replace")
    if tool == "tsan":
        return race(text, folder / f"student-{tool}.d" / f"student-{tool}")
    # The last line has it; but under many tasks the tool can fail before it is written.
    undefined = re.search(r"(student\.c|\w+\.h):(\d+)(?::\d+)?: runtime error: (.*)", text)
    if undefined:
        file, line, what = undefined.groups()
        own = re.search(r"student\.c:(\d+)", text)
        led = f"student.c line {own[1]}, which leads to " if own and file != "student.c" else ""
        return f"undefined behaviour in {led}{file} line {line}: {what}"
    found = re.search(r"SUMMARY: (\w+): ([\w-]+)", text) or re.search(r"ERROR: (\w+): ([\w-]+)", text)
    line = re.search(r"student\.c:(\d+)", text)
    if not found:
        return "AddressSanitizer ended it, without a report that can be read" if text.startswith("exit 86\n") else ""
    where = f"in student.c line {line[1]}" if line else "in what the file has the runtime do"
    if found[2] == "ILL":
        return f"undefined behaviour {where}; gcc -fsanitize=undefined says which"
    return f"{found[1]}: {found[2]} {where}"


def race(text, program):
    """Of the first report that is the student's."""
    reports = [part for part in text.split("WARNING: ThreadSanitizer: ")[1:] if "Location is TLS of" not in part]
    accesses = [tops(part) for part in reports]
    places = places_of([f for report in accesses for frames in report for f in frames], program)
    kinds = [re.match(r"[\w -]+?(?= \()|", part)[0] for part in reports]
    for kind, report in zip(kinds, accesses):
        own = [place for frames in report for place in [first_known(frames, places)] if place]
        if own:
            return f"ThreadSanitizer: {kind} in " + " and ".join(dict.fromkeys(own))
    return ""


def tops(report):
    """Of each access in a report: its first frames."""
    stacks = re.split(r"\n\s*\n", report)[:2]
    return [re.findall(r"\(student-tsan\+(0x[0-9a-f]+)\)", s.replace("/twin/", ""))[:DEPTH] for s in stacks
            if re.search(r"\b([Rr]ead|[Ww]rite) of size", s)]


def places_of(frames, program):
    """{frame: "student.c line 12"}, or "" if the frame is no student's; not in it: nobody knows."""
    frames = list(dict.fromkeys(frames))[:MOST_FRAMES]
    if not frames:
        return {}
    # A frame's address is the one after the call.
    asked = [hex(int(f, 16) - 1) for f in frames]
    done = fence.run(["addr2line", "-a", "-i", "-e", "/program", *asked], [(program, "/program")], seconds=20)
    if done.status:
        raise SystemExit("addr2line did not get to its end")  # who is not told is not acquitted
    found = {}
    for frame, part in zip(frames, re.split(r"^0x[0-9a-f]+\n", done.out.decode(errors="replace"), flags=re.M)[1:]):
        lines = part.splitlines()
        if lines and lines[0].startswith("??"):
            continue
        own = [OURS.match(l) for l in lines]
        own = sorted((m for m in own if m), key=lambda m: m[1] != "student.c")
        found[frame] = f"{own[0][1]} line {own[0][2]}" if own and OURS.match(lines[0]) else ""
    return found


def first_known(frames, places):
    """Empty if the access is nobody's whom we know; else where, in the student's own file if he has led there."""
    known = [places[f] for f in frames if f in places]
    if not known or not known[0]:
        return ""
    return next((p for p in known if p.startswith("student.c")), known[0])


if __name__ == "__main__":
    print(sentence(Path(sys.argv[1]), sys.argv[2]), end="")
