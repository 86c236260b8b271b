#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Which objects of the runtime refer to each other in a circle: those that runtime/README.md
names, and no others.  Whoever adds one to the knot says there why it must be so."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

BUILD = ROOT / os.environ.get("B", "build")


def symbols(path):
    """What an object defines, and what it refers to."""
    said = subprocess.run(["nm", "-g", path], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in said.splitlines()]
    return {r[-1] for r in rows if r[-2] != "U"}, {r[-1] for r in rows if r[-2] == "U"}


def graph():
    """From the name of each object to the names of those that it refers to."""
    sources = [p for p in ROOT.glob("runtime/*/*.c") if p.parent.name != "explore"]
    assert len(sources) > 20, f"only {len(sources)} sources in runtime/"
    tables = {}
    for source in sources:
        path = BUILD / source.relative_to(ROOT).with_suffix(".o")
        assert path.exists(), f"{path} is not built: run make"
        tables[source.stem] = symbols(path)
    home = {name: o for o, (defined, _) in tables.items() for name in defined}
    assert home.get("park") == "sched", "nm does not tell that sched.o defines park()"
    return {o: {home[n] for n in used if n in home} - {o} for o, (_, used) in tables.items()}


def reach(arrows, start):
    seen, todo = set(), [start]
    while todo:
        new = arrows[todo.pop()] - seen
        seen |= new
        todo += new
    return seen


def the_knot_is_what_the_readme_says():
    arrows = graph()
    knot = {o for o in arrows if o in reach(arrows, o)}
    text = (ROOT / "runtime/README.md").read_text()
    line = re.search(r"^\*\*The knot: (.*)\.\*\*", text, re.M)
    assert line, "runtime/README.md has no line that begins with '**The knot: '"
    told = set(re.findall(r"`(\w+)\.c`", line[1]))
    assert knot == told, f"in a circle: {sorted(knot)}; runtime/README.md says {sorted(told)}"


if __name__ == "__main__":
    sys.exit(tap.run([the_knot_is_what_the_readme_says]))
