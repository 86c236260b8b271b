# SPDX-License-Identifier: MIT
"""A student's file, built behind a fence and set beside the good twin.

    make grade TIP=leaks/range-unclosed SRC=file.c [JSON=out.json]
    make grade-all DIR=folder            folder/<student>/<family>-<tip>.c, any number of times

See notebooks/GRADING.md."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "bench/python"))
import broken_pipe
import classroom
import fence
import gradings


def words():
    args = argparse.ArgumentParser(prog="grader", description="Grade a file as a third twin of a tip.")
    args.add_argument("tip", nargs="?")
    args.add_argument("source", nargs="?")
    args.add_argument("--json", help="write Gradescope's results.json there")
    args.add_argument("--all", metavar="DIR", help="grade DIR/<student>/<family>-<tip>.c, and go on where it was")
    args.add_argument("-j", type=int, default=1, metavar="N", help="so many gradings at a time")
    args.add_argument("--shard", type=classroom.shard, default=(1, 1), metavar="I/N", help="the I-th of N parts of the class")
    given = args.parse_args()
    if not given.all and not given.source:
        args.error("a tip and a file, or --all DIR")
    if given.j < 1:
        args.error(f"-j must be 1 or more, not {given.j}")
    return given


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # whatever the terminal can show
    given = words()
    gradings.sweep()
    if given.all:
        return classroom.grade_all(given.all, given.j, given.shard)
    gradings.check_tip(given.tip)
    marks = gradings.grade(given.tip, given.source)
    gradings.print_marks(given.tip, given.source, marks, sys.stdout)
    if given.json:
        gradings.write_json(given.json, marks)
    return 0


if __name__ == "__main__":
    broken_pipe.end_quietly()
    try:
        status = main()
    except gradings.NotNow as e:
        status = f"twinbench: grade: not judged now, and nothing is lost: {e}"
    except (gradings.Broken, fence.NoFence, OSError, subprocess.SubprocessError) as e:
        status = f"twinbench: grade: {gradings.printable(str(e))}"
    except KeyboardInterrupt:
        status = 130
    finally:
        gradings.shelf.clear()
    sys.exit(status)
