#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""prices.t - what Google Benchmark is made to measure beside the twins: kinds of cleanup,
sizes of objects.  Nothing here depends on how long anything takes.

Each function is one test; its name is the sentence that is true when it passes."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import tap

PROGRAM = Path(os.environ.get("B", "build")) / "twinbench"

def refuse(word):
    raise ValueError(f"{word} is no JSON")


def measured(*args):
    """What the program writes, read as strictly as the harness does."""
    out = TEMPORARY / "out.json"
    subprocess.run([PROGRAM, "gbench", *args, f"--benchmark_out={out}", "--benchmark_out_format=json",
                    "--benchmark_repetitions=2"], check=True, capture_output=True)
    found = json.loads(out.read_text(), parse_constant=refuse)["benchmarks"]
    return [b for b in found if b["run_type"] == "iteration"]


def every_kind_of_cleanup_is_measured_in_a_function_and_in_a_loop_with_its_bytes():
    found = {tuple(b["name"].split("/")[1:4]): b for b in measured("--benchmark_filter=^kinds/")}
    kinds = ("plain", "open", "attribute", "stack", "heap", "pthread")
    expected = {(k, place, n) for k in kinds for place in ("function", "loop") for n in ("1", "4", "16", "64")}
    assert set(found) == expected, set(found) ^ expected
    for (kind, _, n), b in found.items():
        assert b["cpu_time"] > 0 and (b.get("bytes", 0) > 0) == (kind != "plain"), b
    assert found["heap", "function", "64"]["bytes"] < found["heap", "function", "1"]["bytes"]


def sizes_are_measured_on_the_heap_that_is_asked_for():
    for heap in ("glibc", "gc"):
        names = {b["name"].split("/iterations")[0] for b in measured("--heap", heap, "--benchmark_filter=^sizes/")}
        assert names == {f"sizes/{heap}/{way}/{16 << k}" for way in ("new", "pool", "frame") for k in range(13)}, names


def a_heap_that_there_is_not_is_refused_in_one_line():
    said = subprocess.run([PROGRAM, "gbench", "--heap", "tcmalloc"], capture_output=True, text=True)
    assert said.returncode == 2 and said.stderr.count("\n") == 1, said
    assert said.stderr.startswith("twinbench: gbench: --heap tcmalloc: no such heap"), said.stderr


TESTS = [every_kind_of_cleanup_is_measured_in_a_function_and_in_a_loop_with_its_bytes,
         sizes_are_measured_on_the_heap_that_is_asked_for,
         a_heap_that_there_is_not_is_refused_in_one_line]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TEMPORARY = Path(folder)
        sys.exit(tap.run(TESTS))
