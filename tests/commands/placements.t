#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""placements.t - placements hold the same code, at other places in memory.

Those that there are, at least 16; as many as a run has with TEST_ALL=1.

Each function is one test; its name is the sentence that is true when it passes."""

import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

B = Path(os.environ.get("B", "build"))
CACHE_LINE = 64
os.environ.setdefault("TWIN_BATCH_US", "500")  # where they are measured matters here, not how long
LEAST = 64 if os.environ.get("TEST_ALL") else 16
# What the twins spend their time in, besides their own ops; and the loop around them.
HOT = ("pool_get", "pool_put_at", "defer_heap", "chan_send_at", "chan_recv_at", "drive_time", "task_yield")


def run(words, **more):
    said = subprocess.run(words, capture_output=True, text=True, timeout=600, **more)
    assert said.returncode == 0, (words, said.stdout[-500:], said.stderr[-500:])
    return said.stdout


def make(*targets):
    return run(["make", "-s", "--no-print-directory", "-j2", f"B={B}", *targets], cwd=ROOT)


def placements():
    make(f"PLACEMENTS={LEAST}", B / "placements/complete")
    n = int((ROOT / B / "placements/complete").read_text())
    assert n >= LEAST, n
    return [ROOT / B / f"placements/{k}" for k in range(1, n + 1)]


def functions(program):
    """{name: (its addresses, in their order)} of a program's functions; an op's name is in every twin."""
    found = defaultdict(list)
    for line in run(["nm", "-n", "--defined-only", program]).splitlines():
        address, kind, name = line.split()
        if kind in "tT":
            found[name].append(int(address, 16))
    return found


def places():
    """In how many places of its cache line a function may begin, for those that may not in every sixteenth byte: their
    compiler has aligned their whole section for the sake of a tight loop, gcc 14 to a line, gcc 15 to half of one."""
    there = {}
    for o in [*(ROOT / B).glob("runtime/*/*.o"), *(ROOT / B).glob("bench/inside/*.o")]:
        section = re.search(r"\] \.text +PROGBITS.* (\d+)$", run(["readelf", "-SW", o]), re.M)
        if section and int(section[1]) > 16:
            there |= dict.fromkeys(functions(o), max(1, CACHE_LINE // int(section[1])))
    return there


def hot_functions_begin_everywhere_in_their_cache_line():
    found, may = [functions(p) for p in placements()], places()
    free = [name for name in HOT if may.get(name) != 1]
    assert len(free) > len(HOT) // 2, f"of {HOT} only {free} can move"
    for name in free:
        at = [f[name][0] % CACHE_LINE for f in found if name in f]
        assert len(at) == len(found), f"looked at nothing: {name} is in {len(at)} of {len(found)} programs"
        # Four places, and each about a quarter of the times.  Of 64, fewer than four have odds of 1 in
        # 25 million; of 16, fewer than three of 1 in 10,000.
        assert len(set(at)) >= min(may.get(name, 4), 4 if len(at) >= 64 else 3), (name, at)


def functions_stand_in_another_order():
    found = placements()
    orders = {tuple(sorted(HOT, key=lambda name: f[name][0])) for f in map(functions, found)}
    assert len(orders) > len(found) // 2, len(orders)


def loops_inside_a_function_move_too():
    """With other padding before its loops an op is longer or shorter."""
    sizes = {tuple(sorted(l.split()[1] for l in run(["nm", "-S", p]).splitlines() if l.endswith(" t op")))
             for p in placements()[:8]}
    assert all(len(s) > 20 for s in sizes), sizes
    assert len(sizes) > 4, sizes


def every_placement_answers_as_the_program_does():
    ask = ["one", "pools/buffer-per-message", "good", "--ops", "64", "--kind", "count", "--row-fd", "1"]

    def answer(program):
        header, row = run([program, *ask]).splitlines()[-2:]
        return dict(zip(header.split(","), row.split(",")))["answer"]

    right = answer(ROOT / B / "twinbench")
    assert right.isdigit() and int(right) > 0, right
    assert {answer(p) for p in placements()} == {right}


def times_are_measured_in_them_and_counts_in_the_program_itself():
    n = len(placements())
    pairs = n - n // 4  # the others are for the control
    with tempfile.TemporaryDirectory() as results:
        said = run([ROOT / B / "twinbench", "bench", "--quick", "--tip", "leaks/range-unclosed", "--results", results])
        assert f"time in C: of {n} placements of the code, another in each block" in said, said[:800]
        header, *rows = Path(results, "latest/samples.csv").read_text().splitlines()
    rows = [dict(zip(header.split(","), r.split(","))) for r in rows]
    timed = [r for r in rows if r["kind"] == "time" and r["lang"] == "c"]
    assert len(timed) >= 64, len(timed)
    assert {r["placement"] for r in rows if r["kind"] != "time"} == {"0"}
    for r in timed:
        null, block, placement = r["twin"] == "null", int(r["block"]), int(r["placement"])
        assert placement == (pairs + 1 + block % (n // 4) if null else 1 + block % pairs), r


def a_program_that_is_linked_anew_has_no_placements_until_they_are_made():
    placements()
    # What make would do: the program is not linked here, for other tests run it meanwhile.
    said = make("-n", "-W", B / "bench/cmd/main.o", B / "twinbench").splitlines()
    forgets = [i for i, line in enumerate(said) if f"rm -f {B}/placements/complete" in line]
    links = [i for i, line in enumerate(said) if f"-o {B}/twinbench " in line]
    assert forgets and links and forgets[0] < links[0], said
    assert str(B / "placements/complete") not in " ".join(make("-n", B / "twinbench").splitlines()), "it forgets them for nothing"


sys.exit(tap.run(tap.tests_of(globals())))
