#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""calls.t - which objects need each other to be linked, read from the symbols of the last build.

includes.t reads what the sources say; a header that declares what three files define hides that
these call each other in a circle.  The linker sees it, and so does this."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, fails, files, none, plant

BUILD = ROOT / os.environ.get("B", "build")

# runtime/README.md says what remains knotted in the runtime, and why.
KNOT = re.compile(r"^\*\*The knot: (.*)\.\*\*", re.M)


def objects(root, build, part):
    """{source without suffix: its object} of every source in a room of that part that was built.
    Deeper, in studies, are programs of their own."""
    found = [Path(part) / p for p in files(root / part, ".c", ".cc") if len(p.parts) == 2]
    built = {str(p.with_suffix("")): o for p in found if (o := build / p.with_suffix(".o")).exists()}
    assert built, f"looked at nothing: no object of {part} below {build}"
    # runtime/explore takes the place of sched and clock in a build of its own.
    none(f"{p} has no object below {build}: make all" for p in found
         if str(p.with_suffix("")) not in built and p.parent.name != "explore")
    return built


def symbols(path):
    """(defined, needed) names that others can see."""
    defined, needed = set(), set()
    said = subprocess.run(["nm", "-P", "-g", path], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        name, kind = line.split()[:2]
        (needed if kind in "Uw" else defined).add(name)
    return defined, needed


def calls(built):
    """{object: the objects it needs}"""
    seen = {n: symbols(p) for n, p in built.items()}
    home = {symbol: n for n, (defined, _) in seen.items() for symbol in defined}
    return {n: {home[s] for s in needed if s in home} - {n} for n, (_, needed) in seen.items()}


def reached(graph, start):
    seen, todo = set(), [start]
    while todo:
        for other in graph[todo.pop()] - seen:
            seen.add(other)
            todo.append(other)
    return seen


def knots(graph):
    """The sets of objects in which each needs all others."""
    reach = {n: reached(graph, n) for n in graph}
    found = {frozenset({n} | {m for m in reach[n] if n in reach[m]}) for n in graph}
    return sorted((sorted(k) for k in found if len(k) > 1), key=len)


def knots_of(root, build, part):
    return knots(calls(objects(root, build, part)))


def no_objects_of_bench_need_each_other():
    none(" and ".join(k) for k in knots_of(ROOT, BUILD, "bench"))


def the_runtime_has_one_knot_and_its_readme_says_why():
    line = KNOT.search((ROOT / "runtime/README.md").read_text())
    assert line, "runtime/README.md has no line that begins with '**The knot: '"
    told = sorted(re.findall(r"`(\w+)\.c`", line[1]))
    found = [[Path(n).name for n in knot] for knot in knots_of(ROOT, BUILD, "runtime")]
    assert found == [told], f"knotted are {found}, runtime/README.md says {told}"


# The tests of the test.

def compiled(text_of):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plant(root, text_of)
        for source in files(root, ".c"):
            (root / "build" / source).parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["gcc", "-c", "-o", root / "build" / source.with_suffix(".o"), root / source], check=True)
        return knots_of(root, root / "build", "bench")


def a_planted_circle_of_three_is_found():
    found = compiled({"bench/run/a.c": "void b(void); void a(void) { b(); }",
                      "bench/run/b.c": "void c(void); void b(void) { c(); }",
                      "bench/run/c.c": "void a(void); void c(void) { a(); }",
                      "bench/run/d.c": "void a(void); void d(void) { a(); }"})
    assert found == [["bench/run/a", "bench/run/b", "bench/run/c"]], found


def a_chain_is_no_knot():
    assert compiled({"bench/run/a.c": "void b(void); void a(void) { b(); }", "bench/run/b.c": "void b(void) {}"}) == []


def a_source_that_was_not_built_is_named():
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), {"bench/run/a.c": "", "bench/run/b.c": "", "build/bench/run/a.o": ""})
        fails("bench/run/b.c has no object", knots_of, Path(folder), Path(folder) / "build", "bench")


def an_empty_build_fails():
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), {"bench/run/a.c": "int x;\n"})
        fails("looked at nothing", knots_of, Path(folder), Path(folder) / "build", "bench")
        fails("looked at nothing", knots_of, Path(folder) / "none", Path(folder) / "build", "bench")


sys.exit(tap.run(tap.tests_of(globals())))
