# SPDX-License-Identifier: MIT
"""tap.py - functions as tests, told in the words that prove reads.  The name of each is the sentence
that is true when it passes.  Why one failed goes to standard error, which prove passes on."""

import inspect
import sys
import time
import traceback
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench/python"))
import broken_pipe


class Skip(Exception):
    """Raised by a test that cannot run here, with the reason."""


def wait_for(what, true, seconds=300, every=0.1):
    """Until it is true, which is looked at once in so many seconds; what it was then.  what: a text, or a
    function that says how far it came."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, f"not within {seconds} s: {what() if callable(what) else what}"
        time.sleep(every)
    return found


def tests_of(module):
    """The tests among globals(): functions without parameters, named by a sentence."""
    return [f for f in module.values() if inspect.isfunction(f) and f.__module__ == "__main__"
            and "_" in f.__name__ and not inspect.signature(f).parameters]


def run(tests):
    """All of them; the exit status."""
    broken_pipe.end_quietly()
    failed = 0
    print(f"1..{len(tests)}")
    for i, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {i} - {name}", flush=True)
        except Skip as why:
            print(f"ok {i} - {name} # SKIP {why}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {i} - {name}", flush=True)
            print("".join("# " + l for l in traceback.format_exc(limit=-1).splitlines(True)), end="", file=sys.stderr)
    return 1 if failed or not tests else 0
