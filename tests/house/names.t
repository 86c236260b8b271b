#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""names.t - a folder that can be overlooked, and a licence in every source."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, fails, files, none, plant

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


def no_folder_of_bench_is_crowded():
    none(crowded(ROOT))


def every_source_names_its_licence():
    none(unlicensed(ROOT))


# The tests of the test.

def planted(check, text_of):
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), text_of)
        return list(check(Path(folder)))


def a_planted_crowd_is_named():
    found = planted(crowded, {f"bench/run/{n}.c": "" for n in range(21)} | {"bench/show/a.c": ""})
    assert found == ["bench/run has 21 files; a room has at most 20"], found


def a_planted_source_without_a_licence_is_named_and_a_twin_is_not():
    found = planted(unlicensed, {"bench/a.c": "int x;\n", "b.sh": f"#!/bin/sh\n# {LICENCE}\n", "patterns/x/y/bad.c": ""})
    assert found == [f"bench/a.c: its first three lines do not say {LICENCE}"], found


def an_empty_tree_fails():
    for check in (crowded, unlicensed):
        fails("looked at nothing", planted, check, {})


sys.exit(tap.run(tap.tests_of(globals())))
