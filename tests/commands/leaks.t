#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""leaks.t - what is still alive when all that can end has ended names the line that started it.

Of each bad twin in leaks that starts tasks, `one --dump` must show the line in bad.c that does, and
prove all of them lost or, where the tip says that this cannot be, none; of each good twin of the
whole suite, nothing but the main task."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
STARTS = re.compile(r"\b(go|timer_after_func|task_inject)\(")
STORY = re.compile(r"^(?P<n>\d+) \[(?P<state>[^],]+).*\]:\n(?:\twait at (?P<wait>\S+) .*\n)?(?:\t.*\n)*?"
                   r"\tstarted at (?P<born>\S+) in (?P<func>\w+)(?: by task \d+)?\n", re.M)
NOT_PROVED = set()
WORDS_OF_WAITING = {"chan receive", "chan send", "select", "sleep", "sync.Mutex.Lock", "sync.WaitGroup.Wait"}


def ask(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=ROOT, timeout=600)


def lines_that_start(tip):
    """["bad.c:7"]: where this bad twin, with its scene, starts tasks."""
    return [f"{file}:{n}" for file in ("bad.c", "scene.h")
            for n, line in enumerate((ROOT / "patterns" / tip / file).read_text().splitlines(), 1)
            if STARTS.search(line.split("/*")[0])]


def not_proved():
    """The tips that claim none of their tasks to be proved lost: somebody could still wake them."""
    listed = ask("list", "--json")
    return {t["name"] for t in json.loads(listed.stdout)["tips"]
            if any(c["column"] == "leaked" and c.get("bad", "").upper() == "FLAT" for c in t["claims"])}


def left_over(tip, twin, *more):
    """The counted tasks, those proved lost, and the stories of all but the main task and the scene's own."""
    said = ask("one", tip, twin, "--dump", *more)
    assert said.returncode == 0 and "\ntasks: " in said.stdout, said.stderr + said.stdout
    counted = {name: int(n) for name, n in re.findall(r"^(\w+) +(\d+) tasks ", said.stdout, re.M)}
    stories = [m for m in STORY.finditer(said.stdout) if m["func"] != "task_main" and not m["born"].startswith(f"patterns/{tip}/tip.c")]
    return counted.get("tasks", 0), counted.get("leaked", 0), stories


def the_leak_is_named(tip):
    lines = [f"patterns/{tip}/{line}" for line in lines_that_start(tip)]
    counted, _, stories = left_over(tip, "bad")
    assert {m["born"] for m in stories} <= set(lines), f"not {lines} but {[m[0] for m in stories]}"
    assert sum(int(m["n"]) for m in stories) == counted > 0, f"{counted} counted, {[m[0] for m in stories]}"
    waits = [m for m in stories if m["state"] != "runnable"]  # a leaked task may be up and about
    assert waits and all(m["state"] in WORDS_OF_WAITING and m["wait"].startswith(f"patterns/{tip}/")
                         for m in waits), [m[0] for m in stories]


def the_leak_is_proved(tip, workers):
    counted, lost, stories = left_over(tip, "bad", "--ops", "96", "--workers", workers)
    marked = sum(int(m["n"]) for m in stories if ", leaked" in m[0])
    least = 0 if tip in NOT_PROVED else counted if workers == "1" else counted * 0.9
    most = 0 if tip in NOT_PROVED else counted
    assert counted > 0 and lost == marked and least <= lost <= most, \
        f"{counted} alive, {lost} proved lost, {marked} marked in the dump"


def nothing_is_left(tip, twin):
    counted, _, stories = left_over(tip, twin)
    assert counted == 0 and not stories, [s[0] for s in stories]


def tests():
    NOT_PROVED.update(not_proved())
    listed = ask("list", "--names")
    assert listed.returncode == 0 and "leaks/" in listed.stdout, listed
    for tip in listed.stdout.split():
        starts = lines_that_start(tip)
        if tip.startswith("leaks/") and starts:
            yield f"the leak of {tip} is named by the line that starts it", the_leak_is_named, (tip,)
            for workers in "12":
                what = "not" if tip in NOT_PROVED else "all of it" if workers == "1" else "most of it"
                yield f"the leak of {tip} is {what} proved, {workers} workers", the_leak_is_proved, (tip, workers)
        elif tip.startswith("leaks/"):
            yield f"{tip} bad starts no task and leaves none", nothing_is_left, (tip, "bad")
        yield f"{tip} good leaves nothing", nothing_is_left, (tip, "good")


def result(test):
    name, check, args = test
    try:
        check(*args)
    except (AssertionError, ValueError, subprocess.TimeoutExpired) as why:
        return f"not ok %d - {name}\n" + "".join(f"# {l}\n" for l in str(why).splitlines())
    return f"ok %d - {name}\n"


def main():
    todo = list(tests())
    print(f"1..{len(todo)}")
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(result, todo))
    for n, text in enumerate(results, 1):
        print(text.replace("%d", str(n), 1), end="")
    return 1 if any(r.startswith("not") for r in results) or not todo else 0


sys.exit(main())
