#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pipes.t - what is printed to a reader who has gone is no mistake: no traceback, no line.

Each program asks for it with a line, bench/python/broken_pipe.py."""

import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT, files, none

# Each prints one line, where nothing else of ours is: in a container of somebody else's, behind the grader's fence.
ALONE = ("notebooks/teaching/handin/gate.py", "notebooks/grader/reports.py")
SAYS = "import sys; sys.path.append('{folder}'); import broken_pipe; broken_pipe.end_quietly(); {rest}"


def said_to_nobody(rest):
    """(status, what it complained of) of a program whose reader has gone before it says anything."""
    code = SAYS.format(folder=ROOT / "bench/python", rest=rest)
    program = subprocess.Popen([sys.executable, "-B", "-c", f"input(); {code}"], text=True, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    program.stdout.close()
    program.stdout = None
    return program.communicate("\n")[1], program.returncode


def a_program_that_is_in_the_middle_of_its_words_ends_quietly():
    for rest in ("print('x' * 100000)", "print('x', flush=True)",
                 "exec('try: print(1, flush=True)\\nexcept OSError: print(2, file=sys.stderr)')"):
        assert said_to_nobody(rest) == ("", 141), (rest, said_to_nobody(rest))


def a_program_whose_last_words_nobody_reads_ends_quietly():
    assert said_to_nobody("print('x')") == ("", 141), said_to_nobody("print('x')")


def all_that_is_printed_is_there_where_somebody_reads():
    code = SAYS.format(folder=ROOT / "bench/python", rest="[print(n) for n in range(10000)]; print('x', end='')")
    said = subprocess.run([sys.executable, "-B", "-c", code], text=True, capture_output=True)
    assert (said.stdout, said.stderr, said.returncode) == ("".join(f"{n}\n" for n in range(10000)) + "x", "", 0)


def a_test_in_python_does_so_too():
    code = f"import sys; sys.path.append('{ROOT}/tests/lib'); import tap; tap.run([lambda: None] * 20000)"
    told = subprocess.Popen([sys.executable, "-B", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    told.stdout.close()
    told.stdout = None
    assert (told.communicate()[1], told.returncode) == ("", 141)


def every_program_that_prints_asks_for_it():
    programs = [p for p in files(ROOT, ".py") if p.parts[0] != "tests" and str(p) not in ALONE
                and re.search(r"^if __name__ == ", (ROOT / p).read_text(), re.M)]
    assert len(programs) > 10, programs
    none(f"{p}: no broken_pipe.end_quietly() first of all after `if __name__ ...`" for p in programs
         if not re.search(r'^if __name__ == "__main__":\n    broken_pipe\.end_quietly\(\)$', (ROOT / p).read_text(), re.M))


sys.exit(tap.run(tap.tests_of(globals())))
