#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""includes.t - every #include points down the house, and none goes in a circle.

The table is the rule.  A file may include its own folder and what stands behind that folder's
name: folders, single files, or with a star a folder and all below it.  A file that has a row is
bound by that alone.  A folder that the table does not know may include nothing: it needs a row."""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, fails, files, none, planted

# The file that carries out a command is declared in the list of commands and reads what was typed.
COMMAND = ["bench/cmd/commands.h", "bench/cmd/args.h"]

# What the whole runtime stands on: the public headers, the compiler's words, the points of the
# deterministic mode, counting, the end of the process, the places where a collector is called.
GROUND = ["runtime", "runtime/core/compiler.h", "runtime/explore/explore.h", "runtime/look/count.h", "runtime/look/creation_sites.h",
          "runtime/look/fatal.h", "runtime/memory/gc_hooks.h"]

ARROWS = {
    # The public headers are in runtime/ itself.  They include the rest only where code is inlined.
    "runtime": ["runtime/core/compiler.h", "runtime/core/defer_inline.h", "runtime/core/lock.h"],
    **{header: GROUND for header in GROUND[1:]},
    # Free stacks lie in magazines; the first task sets up the signals and says who prints a dump.
    "runtime/core": [*GROUND, "runtime/memory/magazine.h", "runtime/look/dump_impl.h", "runtime/look/faults.h"],
    "runtime/memory": [*GROUND, "runtime/core"],
    "runtime/wait": [*GROUND, "runtime/core"],
    "runtime/look": [*GROUND, "runtime/core", "runtime/memory/pool_impl.h"],
    "runtime/pages": ["runtime"],
    "runtime/explore": [*GROUND, "runtime/core", "runtime/memory/magazine.h"],

    # A tip uses what a user may use, and the columns' names.
    "patterns": ["runtime", "bench/inside/sample.h"],

    # inside runs in the child; the others do not, and only those that run tasks know the runtime.
    "bench/inside": ["patterns", "runtime"],
    "bench/decide": ["bench/inside", "patterns"],
    "bench/say": ["bench/decide", "bench/inside", "patterns"],
    "bench/store": ["bench/say", "bench/decide", "bench/inside", "patterns"],
    "bench/process": ["bench/say", "bench/decide", "bench/inside", "patterns", "runtime/exit.h"],
    "bench/show": ["bench/store", "bench/process", "bench/say", "bench/decide", "bench/inside", "patterns", *COMMAND],
    "bench/serve": ["bench/store", "bench/inside", "patterns", "runtime", *COMMAND],
    "bench/grade": ["bench/process", "bench/store", "bench/decide", "bench/inside", "patterns", *COMMAND],
    # A run prints its board and its report when it is over.
    "bench/run": ["bench/show", "bench/store", "bench/process", "bench/say", "bench/decide", "bench/inside",
                  "patterns", *COMMAND],
    "bench/check": ["bench/show", "bench/process", "bench/say", "bench/decide", "bench/inside", "patterns", *COMMAND],
    # The rest of it is Python.
    "bench/fleet": ["bench/process", "bench/inside", "patterns", *COMMAND],
    # Two of somebody's are judged by the same rule: trial runs them, ab is about what they are.
    "bench/trial": ["bench/store", "bench/process", "bench/decide", "bench/inside"],
    "bench/ab": ["bench/trial", "bench/show/wrap_text.h", "bench/store", "bench/process", "bench/say", "bench/decide",
                 "bench/inside", *COMMAND],
    # A calibration is a run, of which whole boards are made afterwards.
    "bench/calibrate": ["bench/run", "bench/show", "bench/store", "bench/process", "bench/decide", "bench/inside",
                        *COMMAND],
    "bench/cmd": ["bench/run", "bench/show", "bench/grade", "bench/serve", "bench/store",
                  "bench/process", "bench/say", "bench/decide", "bench/inside", "patterns", "runtime"],
    # Nobody includes a study, a notebook's program or a test.
    "bench/studies": ["bench/*", "patterns", "runtime"],
    "notebooks": ["bench/*", "patterns", "runtime"],

    "tests/lib": ["bench/*", "runtime/*"],
    "tests/runtime": ["tests/lib", "runtime/*"],
    "tests/aarch64": ["runtime/*"],
    "tests/explore": ["runtime/*"],
    "tests/bench": ["tests/lib", "bench/*", "patterns", "runtime"],  # not the runtime's rooms
    "tests/fuzz": ["tests/lib", "bench/*", "patterns", "runtime"],
}
SEARCHED = ["runtime", "patterns", "bench", "tests/lib"]  # as -iquote in the Makefile
HANDED_IN = ("tests/grade/hostile/", "tests/grade/honest/", "tests/grade/lazy/")  # includes what it must not: that is tested there
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def folder_of(path):
    """The row that binds a file: its own, or that of the nearest folder above that has one."""
    for above in [path, *path.parents]:
        if str(above) in ARROWS:
            return str(above)
    return str(path.parent)


def found_as(root, path, name):
    """The file that the compiler would take, or None."""
    for place in [str(path.parent), *SEARCHED]:
        if (root / place / name).is_file():
            return (root / place / name).resolve().relative_to(root.resolve())
    return None


def includes(root):
    """(file, line, name, included file or None) of every include of ours; there must be some."""
    found = []
    for path in files(root, ".c", ".h", ".cc"):
        if str(path).startswith(HANDED_IN):
            continue
        for n, line in enumerate((root / path).read_text().splitlines(), 1):
            if m := INCLUDE.match(line):
                found.append((path, n, m[1], found_as(root, path, m[1])))
    assert found, f"looked at nothing: no file below {root} includes one of ours"
    return found


def allowed(path, target):
    """May this file include that one?"""
    home, there = folder_of(path), folder_of(target)
    return home == there or any(
        f"{target}".startswith(way[:-1]) if way.endswith("/*") else way in (there, str(target))
        for way in ARROWS.get(home, []))


def upward(root):
    """A line for each include that the table does not allow."""
    for path, n, name, target in includes(root):
        home = folder_of(path)
        if home not in ARROWS:
            yield f"{path}:{n}: {home} has no row in the table of tests/house/includes.t"
        elif not target and not name.endswith((".pb-c.h", ".pb-c.c")):  # made by protobuf-c
            yield f'{path}:{n}: there is no file "{name}"'
        elif target and not allowed(path, target):
            yield f"{path}:{n}: includes {target}, but {home} may include only {', '.join(ARROWS[home])}"


def unit(path):
    """A source, its header and its inner header are one."""
    return path.with_name(path.stem.removesuffix("_impl"))


def circles(root):
    """A line for each circle: `a.c` that needs `b.h` and `b.c` that needs `a.h` are one, though no
    compiler minds."""
    graph = {}
    for path, _, _, target in includes(root):
        if target and unit(path) != unit(target):
            graph.setdefault(unit(path), set()).add(unit(target))
    done = set()

    def walk(at, way):
        if at in way:
            yield "a circle: " + " -> ".join(map(str, [*way[way.index(at):], at]))
        elif at not in done:
            for other in sorted(graph.get(at, ())):
                yield from walk(other, [*way, at])
            done.add(at)

    for start in sorted(graph):
        yield from walk(start, [])


def no_include_points_up_the_house():
    none(upward(ROOT))


def no_file_of_bench_includes_itself_in_a_circle():
    none(c for c in circles(ROOT) if c.startswith("a circle: bench/"))


def every_folder_in_the_table_is_there():
    names = {n for row, ways in ARROWS.items() for n in [row, *ways]}
    none(f"{n} is in the table and not in the tree" for n in sorted(names)
         if not (ROOT / n.removesuffix("/*")).exists())


# The tests of the test.

def a_planted_upward_include_is_named_with_its_line():
    found = planted(upward, {"bench/decide/judge.c": '\n#include "run/plan.h"\n', "bench/run/plan.h": ""})
    assert len(found) == 1 and found[0].startswith(
        "bench/decide/judge.c:2: includes bench/run/plan.h, but bench/decide may include only"), found


def siblings_may_not_include_each_other():
    for one, other in (("grade", "run"), ("show", "run"), ("serve", "show"), ("process", "store"), ("store", "process")):
        found = planted(upward, {f"bench/{one}/a.c": f'#include "{other}/b.h"\n', f"bench/{other}/b.h": ""})
        assert len(found) == 1, (one, other, found)


def an_include_that_points_down_is_allowed():
    found = planted(upward, {"bench/cmd/main.c": '#include "inside/tips.h"\n#include "task.h"\n',
                             "bench/inside/tips.h": "", "runtime/task.h": ""})
    assert found == [], found


def a_twin_may_not_include_the_inside_of_the_runtime():
    found = planted(upward, {"patterns/leaks/x/scene.h": '#include "core/sched.h"\n', "runtime/core/sched.h": ""})
    assert len(found) == 1 and "patterns may include only" in found[0], found


def a_folder_without_a_row_is_named():
    found = planted(upward, {"bench/new/a.c": '#include "b.h"\n', "bench/new/b.h": ""})
    assert found == ["bench/new/a.c:1: bench/new has no row in the table of tests/house/includes.t"], found


def an_include_of_nothing_is_named():
    found = planted(upward, {"bench/run/a.c": '#include "gone.h"\n'})
    assert found == ['bench/run/a.c:1: there is no file "gone.h"'], found


def a_planted_circle_is_named():
    found = planted(circles, {"bench/run/a.c": '#include "run/b.h"\n', "bench/run/a.h": "",
                              "bench/run/b.c": '#include "run/a.h"\n', "bench/run/b.h": ""})
    assert found == ["a circle: bench/run/a -> bench/run/b -> bench/run/a"], found


def an_empty_tree_fails():
    for check in (upward, circles):
        fails("looked at nothing", planted, check, {})
        fails("looked at nothing", planted, check, {"bench/run/a.c": "int x;\n"})


sys.exit(tap.run(tap.tests_of(globals())))
