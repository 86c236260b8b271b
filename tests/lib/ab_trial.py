# SPDX-License-Identifier: MIT
"""ab_trial.py - run `twinbench ab` in a folder of its own, and look at what it says."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / os.environ.get("B", "build") / "twinbench"
FOLDER = tempfile.TemporaryDirectory()
HERE = Path(FOLDER.name)
SCRATCH = HERE / "scratch"
SCRATCH.mkdir()
ENVIRONMENT = {**os.environ, "TMPDIR": str(SCRATCH), "COLUMNS": "80"}
if not os.access(os.environ.get("HOME", ""), os.W_OK):
    ENVIRONMENT["HOME"] = str(HERE)  # Go keeps there what it has compiled


def ab(*arguments, cwd=HERE, short=True, **more):
    """short: with as few runs as there can be, unless --budget says otherwise."""
    if short and "--budget" not in arguments and "--resume" not in arguments and "--read" not in arguments:
        arguments = "--budget", "1h", "--runs", "96", *arguments
    return subprocess.run([PROGRAM, "ab", *arguments], cwd=cwd, capture_output=True, text=True, errors="replace",
                          env=ENVIRONMENT | more)


def refused(status, line, *arguments, cwd=HERE):
    """It ends with that status and one line, which holds those words, and leaves nothing."""
    said = ab(*arguments, cwd=cwd)
    lines = said.stderr.strip().splitlines()
    assert said.returncode == status and len(lines) == 1 and line in lines[0], (said.returncode, said.stderr, said.stdout)
    nothing_is_left()


def nothing_is_left():
    left = list(SCRATCH.iterdir())
    assert not left, left


def found(path, pair=0):
    """{name of a measure: what an exported file says of it}"""
    return {m["name"]: m for m in json.loads((HERE / path).read_text())["pairs"][pair]["measures"]}
