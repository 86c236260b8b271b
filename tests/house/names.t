#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""names.t - folders that are not crowded, a licence in every source, and pages that name what there is."""

import re
import sys
from bisect import bisect_left
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, fails, files, none, planted

MOST = 20  # files in a folder of bench
SOURCES = (".awk", ".c", ".cc", ".css", ".go", ".gp", ".h", ".html", ".j2", ".js", ".lua", ".mk", ".proto",
           ".py", ".sh", ".t", "Makefile", "run")
TWINS = {"bad.c", "good.c", "bad.go", "good.go"}
LICENCE = "SPDX-License-Identifier: MIT"


def crowded(root):
    count = Counter(p.parent for p in files(root / "bench", ""))
    return [f"bench/{f} has {n} files; a room has at most {MOST}" for f, n in sorted(count.items()) if n > MOST]


def unlicensed(root):
    """The twins are left out: nothing stands in them but the lesson; the tip.c beside has the line."""
    for path in files(root, *SOURCES):
        if path.parts[0] == "patterns" and path.name in TWINS:
            continue
        if not any(LICENCE in line for line in (root / path).read_text().splitlines()[:3]):
            yield f"{path}: its first three lines do not say {LICENCE}"


def named_in_vain(root):
    """Tests that tests/README.md names and no source has.  A name may end in `...`."""
    page = (root / "tests/README.md").read_text()
    there = sorted({word for p in files(root, ".c") for word in re.findall(r"\w+", (root / p).read_text())})
    names = sorted(set(re.findall(r"`(\w+_\w+_\w+)(?:\.\.\.)?`", page)))
    assert names, "looked at nothing: tests/README.md names no test"
    # The first word that is not before the name begins with it, if any does.
    return [f"tests/README.md names {n}, which is nowhere" for n in names
            if not any(word.startswith(n) for word in there[bisect_left(there, n):][:1])]


def planted_unlike_told(root):
    """The planted bugs, by their patches and by the table in tests/README.md."""
    table = (root / "tests/README.md").read_text().partition("### Planted bugs")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([\w-]+)`", table, re.M))
    there = {p.stem for p in files(root / "tests/explore/planted", ".patch")}
    return [f"{n} is only {'a patch' if n in there else 'in tests/README.md'}" for n in sorted(told ^ there)]


def rooms_unlike_told(root):
    """The rooms of bench, by their folders and by the table in bench/README.md."""
    told = set(re.findall(r"^\| `(\w+)` \|", (root / "bench/README.md").read_text(), re.M))
    there = {p.parts[0] for p in files(root / "bench", "") if len(p.parts) > 1}
    assert told, "looked at nothing: bench/README.md has no table of rooms"
    return [f"{n} is only {'a folder of bench' if n in there else 'in bench/README.md'}" for n in sorted(told ^ there)]


def left_out(root):
    """Folders of tests that tests/README.md does not name, and sources of the runtime that nobody is told to read."""
    told = {page: (root / page).read_text() for page in ("tests/README.md", "runtime/README.md")}
    folders = {p.parts[0] for p in files(root / "tests", "") if len(p.parts) > 1}
    sources = {f"{p.parent.name}/{p.stem}" for p in files(root / "runtime", ".c")}
    yield from (f"tests/README.md does not name tests/{f}/" for f in sorted(folders) if f"`{f}/`" not in told["tests/README.md"])
    yield from (f"runtime/README.md does not name runtime/{s}.c or .h" for s in sorted(sources)
                if not re.search(rf"`{s}\.[ch]`", told["runtime/README.md"]))


def no_folder_of_bench_is_crowded():
    none(crowded(ROOT))


def every_source_names_its_licence():
    none(unlicensed(ROOT))


def every_test_that_is_named_on_the_page_is_there():
    none(named_in_vain(ROOT))


def every_planted_bug_is_on_the_page():
    none(planted_unlike_told(ROOT))


def every_room_of_bench_is_on_its_page():
    none(rooms_unlike_told(ROOT))


def every_folder_of_tests_and_every_source_of_the_runtime_is_on_its_page():
    none(left_out(ROOT))


# The tests of the test.

def a_planted_crowd_is_named():
    found = planted(crowded, {f"bench/run/{n}.c": "" for n in range(21)} | {"bench/show/a.c": ""})
    assert found == ["bench/run has 21 files; a room has at most 20"], found


def a_planted_source_without_a_licence_is_named_and_a_twin_is_not():
    found = planted(unlicensed, {"bench/a.c": "int x;\n", "b.sh": f"#!/bin/sh\n# {LICENCE}\n", "patterns/x/y/bad.c": ""})
    assert found == [f"bench/a.c: its first three lines do not say {LICENCE}"], found


def a_planted_name_of_no_test_is_told():
    found = planted(named_in_vain, {"tests/README.md": "`it_is_so_or_so` `a_test_that_...` `it_is_gone`", "a.c":
                                    "void it_is_so_or_so(void); void a_test_that_is(void);"})
    assert found == ["tests/README.md names it_is_gone, which is nowhere"], found


def a_planted_bug_without_a_row_or_a_patch_is_told():
    found = planted(planted_unlike_told, {"tests/README.md": "### Planted bugs\n| `a` | x |\n| `b` | y |\n",
                                          "tests/explore/planted/b.patch": "", "tests/explore/planted/c.patch": ""})
    assert found == ["a is only in tests/README.md", "c is only a patch"], found


def a_planted_room_without_a_row_or_a_folder_is_told():
    found = planted(rooms_unlike_told, {"bench/README.md": "| room |\n| `run` | x |\n| `gone` | y |\n",
                                        "bench/run/a.c": "", "bench/new/b.c": ""})
    assert found == ["gone is only in bench/README.md", "new is only a folder of bench"], found


def a_planted_folder_or_source_that_no_page_names_is_told():
    found = planted(left_out, {"tests/README.md": "`bench/`", "runtime/README.md": "`core/a.h`", "tests/bench/a.c": "",
                               "tests/new/a.c": "", "runtime/core/a.c": "", "runtime/core/b.c": ""})
    assert found == ["tests/README.md does not name tests/new/", "runtime/README.md does not name runtime/core/b.c or .h"], found


def an_empty_tree_fails():
    for check in (crowded, unlicensed):
        fails("looked at nothing", planted, check, {})
    fails("looked at nothing", planted, named_in_vain, {"tests/README.md": "", "a.c": ""})
    fails("looked at nothing", planted, planted_unlike_told, {"tests/README.md": ""})
    fails("looked at nothing", planted, left_out, {"tests/README.md": "", "runtime/README.md": "", "tests/a/b": ""})
    fails("looked at nothing", planted, rooms_unlike_told, {"bench/README.md": "", "bench/run/a.c": ""})


sys.exit(tap.run(tap.tests_of(globals())))
