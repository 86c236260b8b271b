#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""format.t - every C file is laid out as .clang-format says.

The version is named: another one lays out other lines.  `clang-format-19 -i FILE` mends a file."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, fails, files, none, plant

TOOL = "clang-format-19"


def astray(root):
    """A line for each file that differs, with the first line in it that does."""
    said = subprocess.run([TOOL, "--dry-run", f"--style=file:{ROOT / '.clang-format'}", *files(root, ".c", ".h", ".cc")],
                          cwd=root, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    first = {}
    for path, line in re.findall(r"^(\S+?):(\d+):\d+: warning: ", said.stderr, re.M):
        first.setdefault(path, line)
    return [f"{path}:{line}: differs; mend it with: {TOOL} -i {path}" for path, line in first.items()]


def every_c_file_is_laid_out_as_clang_format_19_does_it():
    none(astray(ROOT))


def a_planted_file_that_differs_is_named_with_its_line():
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder), {"good.c": "int x;\n", "bad.c": "int x;\n\nint  y;\n"})
        found = astray(Path(folder))
    assert found == ["bad.c:3: differs; mend it with: clang-format-19 -i bad.c"], found


def an_empty_tree_fails():
    with tempfile.TemporaryDirectory() as folder:
        fails("looked at nothing", astray, Path(folder))


if not shutil.which(TOOL):
    sys.exit(print(f"1..0 # SKIP no {TOOL} here; Debian and Ubuntu: apt-get install {TOOL}"))
sys.exit(tap.run(tap.tests_of(globals())))
