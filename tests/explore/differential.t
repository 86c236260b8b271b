#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""differential.t - N random programs do here what they do in Go (differential/generate.py makes them).

A program that can end in several ways is run RUNS times: all the outcomes are the same ones.  Each is run
by every Go here on one processor, and by the runtime on one worker, on two, and in the deterministic mode
by SEEDS seeds, whose outcomes are among Go's.  A program that panics, deadlocks or dies has a process of
its own, and ends alike: by the same word, the same panics in their order, or the same fatal error, and in
a deadlock all tasks wait for the same.  GO_TWO=1: Go on two processors, too, which shows that the driver
does wait until all tasks wait.  SEED= for other programs; ONLY=n for one of them, in words."""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "tests/explore/differential")]
import generate
import tap


def setting(name, otherwise):
    text = os.environ.get(name, otherwise)
    if not text.isdecimal():
        sys.exit(f"twinbench: {name}: a number, not '{text}'")
    return int(text)


N, SEED, RUNS, SEEDS = setting("N", "40"), setting("SEED", "1"), setting("RUNS", "30"), setting("SEEDS", "2")
AT_ONCE = 50  # programs in a process
ENDS = {101: "panic", 102: "deadlock", 103: "fatal error"}


def built():
    """[(name, program, settings)]: Go's, then ours."""
    plain = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "TWIN_SEED")}
    make = subprocess.run(["make", "-s", "--no-print-directory", "-j2", "differential"], cwd=ROOT, env=plain,
                          stdout=subprocess.PIPE, text=True, check=True)
    gos, ours, seeded = make.stdout.splitlines()[-3:]
    go = [(Path(g).parent.name, g, {"GOMAXPROCS": "1"}) for g in gos.split()]
    if os.environ.get("GO_TWO"):
        go += [(name + " on two", g, {"GOMAXPROCS": "2"}) for name, g, _ in go]
    return go, [(f"{w} workers", ours, {"TWIN_WORKERS": str(w)}) for w in (1, 2)] + \
        [(f"seed {s}", seeded, {"TWIN_SEED": str(s)}) for s in range(1, SEEDS + 1)]


def run(file, start, end, runs, program, settings):
    return subprocess.run([program, file, str(start), str(end), str(runs)], cwd=ROOT, capture_output=True,
                          text=True, timeout=300, env={**os.environ, **settings})


# --- programs that share a process ---------------------------------------------------------------


def outcomes(file, start, end, runs, executor):
    """{number: set of outcomes}"""
    name, program, settings = executor
    if name.startswith("seed") or name.endswith("two"):
        runs = 1
    ran = run(file, start, end, runs, program, settings)
    assert ran.returncode == 0, f"{name}: programs {start} to {end} ended with {ran.returncode}: {ran.stderr[:2000]}"
    of = {}
    for line in ran.stdout.splitlines():
        number, outcome = line.split(" ", 1)
        of.setdefault(int(number), set()).add(outcome)
    return of


def union(sets):
    both = {}
    for of in sets:
        for number, outcome in of.items():
            both.setdefault(number, set()).update(outcome)
    return both


def compared(file, start, end, runs, gos, ours):
    """{number: what differs}, and how many programs were looked at."""
    go = union(outcomes(file, start, end, runs, g) for g in gos)
    here = union(outcomes(file, start, end, runs, o) for o in ours)
    assert go.keys() == here.keys()
    return {n: (here[n] - go[n], go[n] - here[n]) for n in go if here[n] != go[n]}, len(go)


def differing(file, gos, ours):
    found, looked = {}, 0
    for start in range(0, N, AT_ONCE):
        wrong, n = compared(file, start, min(start + AT_ONCE, N), RUNS, gos, ours)
        looked += n
        for number in wrong:  # a rare outcome may only not have come yet
            again, _ = compared_alone(file, number, gos, ours)
            if again:
                found[number] = again
    return found, looked


def compared_alone(file, number, gos, ours):
    wrong, n = compared(file, number, number + 1, 200 * RUNS, gos, ours)
    return wrong.get(number), n


# --- programs that may end their process ---------------------------------------------------------


def states(said, word):
    """What all of them wait for.  What locks call it differs between releases."""
    found = Counter()
    for many, state in re.findall(rf"^(?:(\d+) {word}s|{word} \d+) \[([^],]*)", said, re.M):
        found[re.sub(r"^sync\.(?!Cond).*", "semacquire", state)] += int(many or 1)
    return found


def panics(said):
    """As far as they were told: the text before the first empty line."""
    return re.sub(r"^\[signal.*", "", said.split("\n\n")[0])


def ending(ran, word):
    """How it ended, as it can be compared."""
    if ran.returncode == 0:
        return "ended", ran.stdout
    first = ran.stderr.split("\n", 1)[0].replace("all tasks", "all goroutines")
    kind = "panic" if first.startswith("panic: ") else "deadlock" if "asleep" in first else "fatal error"
    if word == "task" and kind != ENDS.get(ran.returncode):
        kind += f", with status {ran.returncode}"
    if kind == "deadlock":
        return kind, first, sorted(states(ran.stderr, word).items()), ran.stdout
    return kind, panics(ran.stderr)


def ends(file, number, executor, word):
    _, program, settings = executor
    return ending(run(file, number, number + 1, 1, program, settings), word)


def ending_otherwise(file, lines, gos, ours):
    found, kinds = {}, Counter()
    for number, line in enumerate(lines):
        if line.split("|")[0].split()[3] == "0":
            continue
        go = [ends(file, number, g, "goroutine") for g in gos]
        kinds[go[0][0]] += 1
        here = [(o[0], ends(file, number, o, "task")) for o in ours]
        # One that chooses may end in several ways: each that is ours must be Go's, soon or later.
        while re.search(r"[wW]\d", line) and len(go) < 60 and any(h not in go for _, h in here):
            go.append(ends(file, number, gos[0], "goroutine"))
        wrong = [(o, h) for o, h in here if h not in go]
        if wrong:
            found[number] = (wrong, go[0])
    return found, kinds


# --- the test --------------------------------------------------------------------------------------


def tell(lines, found):
    told = [f"{generate.explain(lines[n])}\n  only here: {here}\n  only in Go: {go}" for n, (here, go) in found.items()]
    assert not told, f"{len(told)} of {N} programs:\n" + "\n".join(told[:10])


def with_programs(check):
    lines = generate.programs(N, str(SEED))
    with tempfile.NamedTemporaryFile("w", suffix=".programs") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        check(file.name, lines)


def programs_come_to_what_they_come_to_in_go():
    def check(file, lines):
        found, looked = differing(file, GOS, OURS)
        print(f"# {looked} programs")
        assert looked > N / 2
        tell(lines, found)
    with_programs(check)


def programs_end_as_in_go():
    def check(file, lines):
        found, kinds = ending_otherwise(file, lines, GOS, OURS)
        print("# " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
        assert kinds
        tell(lines, found)
    with_programs(check)


def planted(sed, status):
    """Ours, with its words changed, and its exit status."""
    file = tempfile.NamedTemporaryFile("w", suffix=".sh", delete=False)
    file.write(f'#!/bin/sh\n"{OURS[0][1]}" "$@" >{file.name}.out 2>{file.name}.err; was=$?\n'
               f'sed "{sed}" {file.name}.out; sed "{sed}" {file.name}.err >&2; [ $was = 0 ] || exit {status}\n')
    file.close()
    os.chmod(file.name, 0o755)
    return file.name


def a_difference_is_found():
    words = planted("s/closed/open/; s/^panic: /&not /; s/^fatal error: /&not /", "$was")
    status = planted("", "2")

    def check(file, lines):
        found, _ = compared(file, 0, min(N, 100), 1, GOS, [("planted", words, {})])
        assert any("open" in str(here) for here, _ in found.values()), found
        for program in words, status:
            found, kinds = ending_otherwise(file, lines[:100], GOS, [("planted", program, {})])
            assert found, kinds
    try:
        with_programs(check)
    finally:
        for file in words, status:
            for end in "", ".out", ".err":
                Path(file + end).unlink(missing_ok=True)


def the_same_number_makes_the_same_programs():
    assert generate.programs(20, str(SEED)) == generate.programs(20, str(SEED)) != generate.programs(20, str(SEED + 1))


if "ONLY" in os.environ:
    print(generate.explain(generate.programs(N, str(SEED))[setting("ONLY", "0")]))
    sys.exit(0)
GOS, OURS = built()
if not GOS:
    print("1..0 # SKIP no Go here (Debian: apt-get install golang-go)")
    sys.exit(0)
sys.exit(tap.run(tap.tests_of(globals())))
