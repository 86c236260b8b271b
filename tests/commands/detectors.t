#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""detectors.t - `make detectors` says what each tool said, and the tips' pages say what it said.

Most tips here are of the test's own: two twins with a mistake that cppcheck knows, in one of them,
in both, or in neither.  Each function is one test; its name is the sentence that is true when it
passes."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "bench/studies/detectors"
sys.path[:0] = [str(ROOT / "tests/lib"), str(ROOT / "plots"), str(ROOT / "bench/python"), str(STUDY)]
import tap

import judge
import pages
import table
import tools
from judge import Report, Said
from report import detectors

B = os.environ.get("B", "build")
MISTAKE = "int op(void)\n{\n    int a[2] = { 0 };\n    return a[2]; /* outside */\n}\n"
RIGHT = "int op(void)\n{\n    int a[2] = { 0 };\n    return a[1];\n}\n"
TWINS = {"found": (MISTAKE, RIGHT), "missed": (RIGHT, RIGHT + "\n"), "false alarm": (RIGHT, MISTAKE), "alike": (MISTAKE, MISTAKE + "\n")}


def detect(at, words, *args, path=None):
    """(status, what it printed, its rows) of detect.py in a tree."""
    (at / "tips.json").write_text(json.dumps({"tips": words}))
    (at / "folder").mkdir(exist_ok=True)
    env = {**os.environ, "PYTHONUTF8": "1", **({"PATH": path} if path is not None else {})}
    done = subprocess.run(["/usr/bin/python3", STUDY / "detect.py", "folder", "out.csv", "--words", "tips.json", *args], cwd=at, env=env,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    rows = list(csv.DictReader((at / "out.csv").open())) if (at / "out.csv").exists() else []
    return done.returncode, done.stdout, rows


def planted(at, **twins):
    """Tips x/NAME with these twins, and their words."""
    for name, (bad, good) in twins.items():
        folder = at / "patterns/x" / name
        folder.mkdir(parents=True)
        (folder / "bad.c").write_text(bad)
        (folder / "good.c").write_text(good)
    return [{"name": f"x/{name}", "claims": []} for name in twins]


def need(command):
    if not shutil.which(command):
        raise tap.Skip(f"no {command}: apt-get install {command}")


def each_answer_is_given_of_a_planted_tip():
    need("cppcheck")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        words = planted(at, **{n.replace(" ", "-"): t for n, t in TWINS.items()})
        status, said, rows = detect(at, words, "--tool", "cppcheck")
        answers = {r["tip"]: r["result"] for r in rows}
        assert status == 0 and answers == {f"x/{n.replace(' ', '-')}": n for n in TWINS}, (said, answers)
        found = next(r for r in rows if r["result"] == "found")
        assert found["place"] == "bad.c:4" and "out of bounds" in found["says"] and found["version"], found
        assert "cppcheck" in found["command"] and "x/found/bad.c" in found["command"], found
        assert "false alarm of cppcheck (c) on x/false-alarm, good.c:4:" in said, said
        kept = (at / "folder/said/c-cppcheck/x-found-bad.txt").read_text()
        assert "out of bounds" in kept, kept


def a_tool_that_is_not_here_costs_a_line_and_the_rest_goes_on():
    need("cppcheck")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        words = planted(at, one=TWINS["found"])
        status, said, rows = detect(at, words, "--tool", "cppcheck", "--tool", "memcheck", path=shim(at, "setpriv", "prlimit", "cppcheck"))
        assert "twinbench: memcheck is left out: there is no valgrind; valgrind brings it\n" in said, said
        assert status == 0 and [r["tool"] for r in rows] == ["cppcheck"], (said, rows)
        (at / "out.csv").unlink()
        status, said, rows = detect(at, words, "--tool", "cppcheck", path=shim(at, "setpriv", "prlimit"))
        assert status == 1 and "no tool was run" in said and not rows, said


def shim(at, *names):
    """A PATH with these commands alone."""
    folder = Path(tempfile.mkdtemp(dir=at))
    for name in names:
        (folder / name).symlink_to(shutil.which(name))
    return str(folder)


def a_tool_that_crashes_is_told_as_such():
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        words = planted(at, one=TWINS["found"])
        path = shim(at, "setpriv", "prlimit", "sh")
        Path(path, "cppcheck").write_text("#!/bin/sh\necho 3.1.4\n[ \"$1\" = --version ] || kill -SEGV $$\n")
        Path(path, "cppcheck").chmod(0o755)
        status, said, rows = detect(at, words, "--tool", "cppcheck", path=path)
        assert status == 0 and [r["result"] for r in rows] == ["failed"], (said, rows)
        assert "-11" in rows[0]["says"] and rows[0]["version"] == "3.1.4", rows


def a_word_that_is_no_tool_or_no_tip_is_refused_in_a_line():
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        words = planted(at, one=TWINS["found"])
        status, said, _ = detect(at, words, "--tool", "lint")
        assert status == 2 and said.startswith("twinbench: there is no tool 'lint'; there are: ") and said.count("\n") == 1, said
        status, said, _ = detect(at, words, "--tip", "x/two")
        assert (status, said) == (2, "twinbench: there is no tip and no family 'x/two'\n"), said


def the_proof_finds_what_waits_for_nobody_and_not_what_a_clock_wakes():
    made = subprocess.run(["make", "-s", f"B={B}", f"{B}/detectors/look"], cwd=ROOT, text=True, capture_output=True,
                          env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")})
    assert made.returncode == 0, made.stderr
    claims = [{"column": "tasks", "bad": "GROWS", "good": "FLAT"}]
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "patterns").symlink_to(ROOT / "patterns")
        (at / "folder").mkdir()
        (at / "folder/look").symlink_to(ROOT / B / "detectors/look")
        words = [{"name": n, "claims": claims} for n in ("leaks/range-unclosed", "leaks/worker-without-context")]
        status, said, rows = detect(at, words, "--tool", "proof", "--tool", "dump")
        answers = {(r["tip"], r["tool"]): (r["result"], r["bad"], r["good"]) for r in rows}
        assert answers == {("leaks/range-unclosed", "proof"): ("found", "64", "0"), ("leaks/range-unclosed", "dump"): ("found", "64", "0"),
                           ("leaks/worker-without-context", "proof"): ("missed", "0", "0"),
                           ("leaks/worker-without-context", "dump"): ("found", "64", "0")}, (said, answers)


# --- the rule ---


def report(kind=judge.CODE, what="leak", source="f();", count=1):
    return Report(kind, what, what, "bad.c", 1, source, count)


def word(of, bad, good):
    return judge.judge(of, Said(tuple(bad)), Said(tuple(good))).word


def a_report_that_is_no_sign_of_the_mistake_is_something_else():
    race = report(judge.RACE)
    assert word("stays", [race], []) == judge.OTHER and word("panics", [race], []) == judge.FOUND
    tasks = report(judge.TASKS)
    assert word("costs", [tasks], []) == judge.OTHER and word("stays", [tasks], []) == judge.FOUND


def the_same_words_of_a_line_that_was_changed_are_said_of_both():
    assert word("stays", [report(source="f(1);")], [report(source="f(2);")]) == judge.ALIKE
    assert word("stays", [report(source="f(1);"), report(source="g();")], [report(source="f(2);")]) == judge.FOUND
    assert word("stays", [], [report()]) == judge.FALSE_ALARM


def a_tool_that_failed_on_one_twin_has_not_missed():
    assert judge.judge("stays", Said(), Said(failed="it crashed")).word == judge.FAILED


def the_mistake_follows_from_what_the_tip_claims():
    claim = {"column": "tasks", "bad": "GROWS", "good": "FLAT"}
    assert judge.mistake([{"column": "outcome", "bad": "PANICS", "good": "OK"}, claim]) == "panics"
    assert judge.mistake([claim]) == "stays" and judge.mistake([{**claim, "refuted": True}]) == "costs"
    assert judge.mistake([{**claim, "good": "GROWS"}]) == "costs" and judge.mistake([{**claim, "column": "idle_bytes"}]) == "held"


# --- what tools say ---


PROFILE = """profile goroutine
goroutine profile: total 66
64 @ 0x43b4f6 0x40a0cc
#	0x50d7d0	twins/twin45.logLines+0x70	/b/src/twin45/scene.go:18

1 @ 0x43b4f6
#	0x50d7d0	twins/twin45.look+0x70	/b/src/twin45/look.go:38

profile goroutineleak
none
"""
RACE = """==================
WARNING: DATA RACE
Write at 0x00c0000a60f0 by goroutine 11:
  runtime.closechan()
      /usr/lib/go/src/runtime/chan.go:357 +0x0
  twins/twin11.op()
      /b/src/twin11/bad.go:14 +0x1b4

==================
"""


def a_profile_of_goroutines_is_read():
    places = tools.in_go(ROOT, "leaks/range-unclosed", 45)
    found = tools.read_profile("goroutine")(PROFILE, places)
    assert [(r.count, r.place, r.kind) for r in found] == [(64, "scene.go:18", judge.TASKS)], found
    assert found[0].source.startswith("for line := range lines"), found
    assert tools.read_profile("goroutineleak")(PROFILE, places) == () and tools.no_profile("goroutineleak")(PROFILE)
    assert tools.read_profile("goroutine")(PROFILE, tools.in_go(ROOT, "leaks/range-unclosed", 4)) == ()


def a_race_is_read_with_its_first_place_in_the_twin():
    read = next(t for t in tools.TOOLS if t.name == "go -race").read
    found = read(RACE, tools.in_go(ROOT, "channels/send-on-closed", 11))
    assert [(r.kind, r.place) for r in found] == [(judge.RACE, "bad.go:14")], found


# --- what is stored ---


def every_page_says_what_the_stored_table_says():
    wrong = list(pages.wrong(ROOT))
    assert not wrong, "\n".join(wrong)
    tips = {str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c")}
    assert tips and {r["tip"] for r in pages.read(ROOT / pages.STORED)} == tips


def a_page_a_twin_or_a_row_that_is_changed_is_named():
    tip = "leaks/range-unclosed"
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        shutil.copytree(ROOT / "patterns" / tip, at / "patterns" / tip)
        rows = [r for r in pages.read(ROOT / pages.STORED) if r["tip"] == tip]

        def store(rows):
            with (at / pages.STORED).open("w", newline="") as f:
                out = csv.DictWriter(f, rows[0])
                out.writeheader()
                out.writerows(rows)

        store(rows)
        assert list(pages.wrong(at)) == [], list(pages.wrong(at))
        page, twin = at / "patterns" / tip / "README.md", at / "patterns" / tip / "good.go"
        text = page.read_text()
        page.write_text(text.replace("Found in", "Seen in"))
        assert "does not say what patterns/detectors.csv says; make detectors README=1 TIP=" + tip in "\n".join(pages.wrong(at))
        page.write_text(text)
        twin.write_text(twin.read_text() + "\n")
        assert f"patterns/detectors.csv: the rows of {tip} are of other twins" in "\n".join(pages.wrong(at))
        store([{**r, "tip": "leaks/gone"} for r in rows])
        assert len(list(pages.wrong(at))) == 2, list(pages.wrong(at))


def what_is_measured_again_replaces_what_was_and_what_is_of_other_twins_goes():
    def row(tip, executor, digest, result="missed"):
        return {"tip": tip, "tool": "go vet", "executor": executor, "digest": digest, "result": result}
    old = [row("a", "go1.9", "1"), row("a", "go1.19", "1"), row("b", "go1.9", "1"), row("c", "go1.9", "1")]
    new = [row("a", "go1.19", "1", "found"), row("b", "go1.19", "2")]
    assert pages.merged(old, new) == [row("a", "go1.9", "1"), row("a", "go1.19", "1", "found"), row("b", "go1.19", "2"), row("c", "go1.9", "1")]


def a_release_that_lacks_a_tool_is_told_once_and_is_no_disagreement():
    def row(executor, result, tip="a", tool="leak"):
        return {"tip": tip, "tool": tool, "executor": executor, "result": result}
    lacking = [row(g, "not applicable", tip) for g in ("go1.9", "go1.19") for tip in ("a", "b")]
    rows = lacking + [row(g, "found") for g in ("go1.26", "go1.27")] + [row("go1.26", "missed", "b"), row("go1.27", "found", "b")]
    assert detectors.otherwise(rows) == [("leak", "not in Go 1.9, 1.19", []), ("leak", "Go 1.26 missed; 1.27 found", ["b"])], detectors.otherwise(rows)


def the_table_fits_eighty_columns_and_has_a_form_in_ascii():
    rows = pages.read(ROOT / pages.STORED)
    for ascii_only in (False, True):
        text = table.text(rows, ascii_only)
        assert max(map(len, text.splitlines())) <= 80, [l for l in text.splitlines() if len(l) > 80]
        assert text.isascii() == ascii_only


def what_was_not_run_is_told_and_no_empty_cell():
    rows = [{"tip": tip, "tool": tool, "executor": x, "version": "1", "result": "missed", "place": "", "says": ""}
            for x, tools, tips in (("c", ("cppcheck",), "abc"), ("go1.19", ("go vet", "runtime"), "a"), ("go1.26", ("go vet", "runtime"), "a"),
                                   ("go1.27", ("go vet", "runtime"), "ab")) for tool in tools for tip in tips]
    assert detectors.not_run(rows) == [("go vet and runtime", "Go 1.19 and 1.26", ["b"])], detectors.not_run(rows)
    assert "not run, so that an empty cell is no answer: go vet and runtime in Go 1.19 and 1.26 on b" in " ".join(table.text(rows).split()), table.text(rows)
    whole = [r for r in rows if r["tip"] == "a"]
    assert detectors.not_run(whole) == [] and "not run" not in table.text(whole)


def answer(tip, tool, executor, result, **more):
    return {"tip": tip, "tool": tool, "executor": executor, "version": "1", "mistake": "stays", "result": result, "bad": "0", "good": "0",
            "place": "", "says": "", "digest": "", **more}


def a_release_that_lacks_a_tool_is_not_named_among_what_was_not_run():
    rows = [answer("a", "leak", "go1.25", "not applicable"), answer("a", "leak", "go1.26", "missed"), answer("b", "leak", "go1.27", "missed")]
    assert detectors.not_run(rows) == [("leak", "Go 1.26", ["b"]), ("leak", "Go 1.27", ["a"])], detectors.not_run(rows)
    assert detectors.otherwise(rows) == [("leak", "not in Go 1.25", [])], detectors.otherwise(rows)


def answers_of_one_tip_do_not_hide_the_stored_ones_of_the_others():
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        for tip in ("x/a", "x/b", "x/c"):
            (at / tip).mkdir(parents=True)
            (at / tip / "bad.c").write_text(tip)
        now = {t: detectors.digest(at / t) for t in ("x/a", "x/b", "x/c")}

        def store(path, rows):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", newline="") as f:
                out = csv.DictWriter(f, rows[0])
                out.writeheader()
                out.writerows(rows)

        store(at / "detectors.csv", [answer(t, "leak", x, "missed", digest=now[t]) for t in ("x/a", "x/b") for x in ("c", "go1.27")])
        store(at / "results/detectors/detectors.csv", [answer("x/a", "leak", "c", "found", digest=now["x/a"]), answer("x/b", "leak", "c", "found", digest="of others"),
                                                       answer("x/c", "leak", "c", "found", digest=now["x/c"])])
        rows, measured = detectors.read(at, at / "results")
        found = {(r["tip"], r["executor"]): r["result"] for r in rows}
        assert measured == {"x/a", "x/c"} and len(rows) == 5, (measured, rows)
        assert found == {("x/a", "c"): "found", ("x/a", "go1.27"): "missed", ("x/b", "c"): "missed", ("x/b", "go1.27"): "missed", ("x/c", "c"): "found"}, found
        (at / "x/b/bad.c").write_text("another")
        assert {r["tip"] for r in detectors.read(at, at / "results")[0]} == {"x/a", "x/c"}, "answers of other twins are shown"


def each_tool_is_told_by_what_it_found_missed_and_was_not_asked():
    rows = [answer("a", "leak", "go1.25", "not applicable"), answer("a", "leak", "go1.26", "missed"), answer("a", "leak", "go1.27", "found"),
            answer("b", "leak", "go1.26", "false alarm"), answer("c", "leak", "go1.27", "failed"),
            answer("b", "lint", "go1.19", "missed"), answer("b", "lint", "go1.27", "not applicable"),
            answer("a", "dump", "c", "alike"), answer("b", "dump", "c", "found"), answer("c", "dump", "c", "not applicable")]
    said = [(t["name"], t["where"], t["found"], t["missed"], t["alarms"], t["unasked"]) for t in detectors.tools(rows, ["a", "b", "c", "d"])]
    assert said == [("dump", "C", 1, 1, [], {"not applicable": 1, "not run": 1}), ("leak", "Go 1.26, 1.27", 1, 0, ["b"], {"the tool failed": 1, "not run": 1}),
                    ("lint", "Go 1.19", 0, 1, [], {"not run": 3})], said
    there = detectors.told_of(rows, "a")
    assert [(tool, where) for tool, where, _ in there["go"]] == [("leak", "Go 1.27")] and there["c"] == [], there
    assert [detectors.silence(rows, t, in_c) for t, in_c in (("a", True), ("b", False), ("c", True), ("c", False), ("d", True))] == [
        "missed by 1 tool", "missed by 2 tools", "not applicable: dump", "the tool failed: leak; not run: lint", "not run"]
    assert detectors.untold(rows) == ["c"], detectors.untold(rows)


def what_it_runs_does_not_outlive_it():
    code = "import detect, tools; detect.start(['sh', '-c', 'echo $$ > $TOLD; exec sleep 4321'], tools.Run(None, memory=''), '/')"
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "pid"
        with subprocess.Popen(["/usr/bin/python3", "-c", code], cwd=STUDY, env={**os.environ, "TOLD": str(told)}) as p:
            while not (told.exists() and told.read_text()):
                time.sleep(0.05)
            p.kill()
        for _ in range(3600):
            if not Path(f"/proc/{told.read_text().strip()}").exists():
                return
            time.sleep(0.05)
        raise AssertionError(f"process {told.read_text().strip()} is left")


sys.exit(tap.run(tap.tests_of(globals())))
