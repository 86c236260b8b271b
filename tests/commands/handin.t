#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""handin.t - points and hand-ins in the forms of Gradescope, GitHub Classroom, nbgrader, Moodle and Canvas.

A stand-in for make grades here: what the grader itself says is other tests' matter."""

import ast
import contextlib
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / f) for f in ("tests/lib", "notebooks/grader", "notebooks/teaching")]

import gradings
import jsonschema
import nbformat
import tap
import yaml

TIP, SLUG = "leaks/range-unclosed", "leaks-range-unclosed"
VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
# https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format".
RESULTS = {
    "type": "object", "additionalProperties": False, "anyOf": [{"required": ["score"]}, {"required": ["tests"]}],
    "properties": {
        "score": {"type": "number", "minimum": 0}, "execution_time": {"type": "number"}, "output": {"type": "string"},
        "output_format": FORMAT, "test_output_format": FORMAT, "test_name_format": FORMAT, "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY, "extra_data": {"type": "object"}, "leaderboard": {"type": "array"},
        "tests": {"type": "array", "items": {
            "type": "object", "additionalProperties": False, "dependentRequired": {"score": ["max_score"]},
            "properties": {
                "score": {"type": "number"}, "max_score": {"type": "number"}, "status": {"enum": ["passed", "failed"]},
                "name": {"type": "string"}, "name_format": FORMAT, "number": {"type": "string"}, "output": {"type": "string"},
                "output_format": FORMAT, "tags": {"type": "array", "items": {"type": "string"}}, "visibility": VISIBILITY,
                "extra_data": {"type": "object"}}}}}}
# nbgrader/nbgraderformat/v3.json of jupyter/nbgrader.
CELL = {
    "type": "object", "additionalProperties": False, "required": ["schema_version", "grade", "locked", "solution"],
    "properties": {
        "schema_version": {"const": 3}, "grade": {"type": "boolean"}, "locked": {"type": "boolean"}, "solution": {"type": "boolean"},
        "task": {"type": "boolean"}, "grade_id": {"type": "string", "pattern": r"^[a-zA-Z0-9_\-]*$"},
        "points": {"type": "number", "minimum": 0}, "checksum": {"type": "string"}, "cell_type": {"enum": ["raw", "code", "markdown"]}}}
GRADED = gradings.gradescope([gradings.Mark("builds", True, 0, 0, "yes"), gradings.Mark("answers", True, 40, 40, "right"),
                              gradings.Mark("counts", False, 0, 40, "no: tasks 4"), gradings.Mark("time", True, 20, 20, "as fast")])
STAND_IN = """#!/bin/sh
for word; do
    case $word in
        SRC=*) cat "${word#SRC=}" >/dev/null || exit 2 ;;
        JSON=*) made=${word#JSON=} ;;
    esac
done
[ "$NOT_NOW" ] && { echo "not judged now" >&2; exit 1; }
cp "$GRADED" "$made"
"""


def handin(*words):
    return subprocess.run(["/usr/bin/python3", ROOT / "notebooks/teaching/handin.py", *map(os.fsencode, words), "--out", PLACE / "out"],
                          capture_output=True, text=True, cwd=PLACE)


def made(*words):
    done = handin(*words)
    assert done.returncode == 0, done.stderr
    return Path(PLACE / done.stdout.splitlines()[0])


def with_stand_in(**more):
    folder = PLACE / "bin"
    folder.mkdir(exist_ok=True)
    (folder / "make").write_text(STAND_IN)
    (folder / "make").chmod(0o755)
    (PLACE / "graded.json").write_text(json.dumps(GRADED))
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "GRADED": str(PLACE / "graded.json"), **more}


# --- Gradescope

def what_the_grader_writes_is_what_gradescope_reads():
    jsonschema.validate(GRADED, RESULTS)
    jsonschema.validate(gradings.gradescope(gradings.refused("it is a link")), RESULTS)


def an_autograder_has_its_two_files_at_the_root_and_all_that_grades():
    with zipfile.ZipFile(made("gradescope", TIP)) as archive:
        modes = {e.filename: e.external_attr >> 16 & 0o777 for e in archive.infolist()}
        assert modes["setup.sh"] == modes["run_autograder"] == modes["twinbench/bench/deps.sh"] == 0o755, modes
        assert all(archive.read(n).startswith(b"#!") for n in ("setup.sh", "run_autograder"))
        assert archive.read("tip") == TIP.encode() + b"\n"
    assert {"twinbench/Makefile", "twinbench/VERSION", "twinbench/notebooks/grader/build.py", f"twinbench/patterns/{TIP}/good.c"} <= set(modes)
    assert not [n for n in modes if "__pycache__" in n or "/labs/" in n or ".git" in n]


def an_image_is_set_up_by_a_grading_or_named_where_it_is_too_old():
    log, folder = PLACE / "called", PLACE / "setup/source"
    (folder / "twinbench").mkdir(parents=True)
    (folder / "tip").write_text(TIP + "\n")
    tools = PLACE / "setup/bin"
    tools.mkdir()
    for name in ("apt-get", "make"):
        (tools / name).write_text(f'#!/bin/sh\necho {name} "$@" >>{log}\n')
        (tools / name).chmod(0o755)
    for release, called in (("22.04", ""), ("24.04", "apt-get update\napt-get install -y --no-install-recommends make\n"
                                                     f"make GO=none grade TIP={TIP} SRC=patterns/{TIP}/bad.c\n")):
        log.write_text("")
        (PLACE / "os-release").write_text(f'ID=ubuntu\nVERSION_ID="{release}"\n')
        done = subprocess.run(["bash", ROOT / "notebooks/teaching/handin/setup.sh"], capture_output=True, text=True, env={
            **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "AUTOGRADER": str(PLACE / "setup"), "OS_RELEASE": str(PLACE / "os-release")})
        assert (done.returncode == 0) == bool(called) and log.read_text() == called, (release, done, log.read_text())
        assert called or done.stderr == f"twinbench: setup.sh: this image is Ubuntu {release}; choose one with Ubuntu 24.04 or later\n", done


def autograde(*files, **more):
    """(status, results.json or None) of run_autograder for what was handed in."""
    with tempfile.TemporaryDirectory(dir=PLACE) as name:
        at = Path(name)
        for folder in ("source/twinbench", "submission", "results"):
            (at / folder).mkdir(parents=True)
        with zipfile.ZipFile(made("gradescope", TIP)) as archive:
            (at / "run_autograder").write_bytes(archive.read("run_autograder"))
            (at / "source/tip").write_bytes(archive.read("tip"))
        (at / "results/results.json").write_text("of an earlier run")
        for f in files:
            (at / "submission" / os.fsdecode(f)).write_text("x")
        done = subprocess.run(["bash", at / "run_autograder"], env=with_stand_in(AUTOGRADER=name, **more), capture_output=True)
        said = at / "results/results.json"
        return done.returncode, json.loads(said.read_text()) if said.exists() else None


def one_file_of_any_name_is_graded():
    for name in ("student.c", "my file; $(id).c", b"J\xfcrg.c", "-n.c"):
        status, said = autograde(name, "notes.txt")
        assert status == 0 and said == GRADED, (name, status, said)


def no_file_or_two_have_no_points_and_are_told_why():
    for files in ((), ("a.c", "b.c"), ("a.txt",)):
        status, said = autograde(*files)
        jsonschema.validate(said, RESULTS)
        assert status == 0 and said["score"] == 0 and "one file" in said["output"], said


def what_could_not_be_judged_has_no_results():
    status, said = autograde("a.c", NOT_NOW="1")
    assert status != 0 and said is None, (status, said)


# --- GitHub Classroom

def a_classroom_workflow_reports_each_gate_that_it_runs():
    path = made("classroom", TIP)
    flow = yaml.safe_load(path.read_text())
    steps = flow["jobs"]["run-autograding-tests"]["steps"]
    graders = [s for s in steps if "autograding-command-grader@" in s.get("uses", "")]
    reporter = next(s for s in steps if "autograding-grading-reporter@" in s.get("uses", ""))
    ids = [s["id"] for s in graders]
    assert reporter["with"]["runners"].split(",") == ids
    assert reporter["env"] == {f"{i.upper()}_RESULTS": "${{steps.%s.outputs.result}}" % i for i in ids}
    assert [s["with"]["max-score"] for s in graders] == [t["max_score"] for t in GRADED["tests"] if t["name"] in ids] == [40, 40, 20]
    assert flow["permissions"]["checks"] == "write"
    root = path.parents[2]
    assert (root / "student.c").read_text() == (ROOT / "patterns" / TIP / "bad.c").read_text()
    for s in graders:
        words = s["with"]["command"].split()
        (root / "result.json").write_text(json.dumps(GRADED))
        done = subprocess.run(words, cwd=root, capture_output=True, text=True)
        assert done.returncode == (1 if s["id"] == "counts" else 0), (words, done)
        (root / "result.json").unlink()
        done = subprocess.run(words, cwd=root, capture_output=True, text=True)
        assert done.returncode == 1 and done.stderr.count("\n") == 1, done


# --- nbgrader

def an_nbgrader_assignment_is_a_notebook_whose_last_value_is_the_score():
    book = nbformat.read(made("nbgrader", TIP), as_version=4)
    nbformat.validate(book)
    cells = [c for c in book.cells if "nbgrader" in c.metadata]
    assert len(cells) == 1
    meta = dict(cells[0].metadata["nbgrader"])
    jsonschema.validate(meta, CELL)
    assert meta["grade"] and meta["locked"] and meta["points"] == 100
    write, code = book.cells[1].source, ast.parse(cells[0].source)
    assert write == "%%writefile student.c\n" + (ROOT / "patterns" / TIP / "bad.c").read_text()
    (PLACE / "student.c").write_text(write)
    before, last = ast.Module(code.body[:-1], []), ast.Expression(code.body[-1].value)
    names = {}
    here, environment = os.getcwd(), dict(os.environ)
    os.chdir(PLACE)
    os.environ.update(with_stand_in())
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(before, "cell", "exec"), names)
        assert eval(compile(last, "cell", "eval"), names) == 60
        for nothing in ({"GRADED": str(PLACE / "zero.json")}, {"NOT_NOW": "1"}):
            (PLACE / "zero.json").write_text(json.dumps({**GRADED, "score": 0}))
            os.environ.update(nothing)
            try:
                exec(compile(before, "cell", "exec"), names)
            except (AssertionError, OSError):
                continue
            raise AssertionError(f"nbgrader would give all points for {nothing}")
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(environment)


# --- tables of points

def a_class(rows):
    folder = Path(tempfile.mkdtemp(dir=PLACE))
    (folder / "gradebook.csv").write_text("student,leaks/range-unclosed,defer/in-loop,mean\n" + rows, "utf-8")
    return folder


def read(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.reader(f))


ROWS = "ada,100,40,70\nJ\u00fcrg,59,,29.5\n'=cmd(),100,100,100\n\"Doe, \"\"J\"\"\",not judged now,10,not judged now\n"


def canvas_has_the_points_that_can_be_had_in_its_second_row():
    roster = PLACE / "roster.csv"
    roster.write_bytes("folder,name,id,login,section\nada,\"Lovelace, Ada\",17,al@x.org,S1\nJ\u00fcrg,=evil(),18,j@x.org,\u00dc\n".encode("latin-1"))
    class_ = a_class(ROWS)
    table = read(made("canvas", class_, "--roster", roster))
    assert table[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "leaks/range-unclosed", "defer/in-loop", "mean"]
    assert table[1] == ["    Points Possible", "", "", "", "", "100", "100", "100"]
    assert table[2] == ["Lovelace, Ada", "", "17", "al@x.org", "S1", "100", "40", "70"]
    assert table[3] == ["'=evil()", "", "18", "j@x.org", "\u00dc", "59", "", "29.5"], table[3]
    assert table[4][0] == table[4][3] == "'=cmd()"  # once, as in the gradebook
    assert table[5] == ['Doe, "J"', "", "", 'Doe, "J"', "", "", "10", ""]
    assert "2 not in the roster, the first is \"'=cmd()\"" in handin("canvas", class_, "--roster", roster).stderr


def moodle_knows_a_student_by_address_or_number_and_no_points_are_no_cell():
    table = read(made("moodle", a_class(ROWS)))
    assert table[0] == ["Email address", "ID number", "leaks/range-unclosed", "defer/in-loop", "mean"]
    assert table[1] == ["ada", "", "100", "40", "70"] and table[4] == ['Doe, "J"', "", "", "10", ""], table


def an_empty_class_a_missing_one_and_a_tip_that_is_none_are_told_in_a_line():
    for words, say in ((("moodle", a_class("")), "has no student"), (("canvas", PLACE / "nowhere"), "make grade-all"),
                       (("gradescope", "leaks/x\x1b[31m"), "no tip 'leaks/x\\x1b[31m'"), (("classroom", "../x"), "no tip"),
                       (("moodle", a_class(ROWS), "--roster", "none.csv"), "none.csv"), (("blackboard", "x"), "no format 'blackboard'")):
        done = handin(*words)
        assert done.returncode == 1 and say in done.stderr and done.stderr.count("\n") == 1, (words, done)


with tempfile.TemporaryDirectory() as folder:
    PLACE = Path(folder)
    sys.exit(tap.run(tap.tests_of(globals())))
