#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""schemas.t - what bench/schemas/ says of the files of a run is so, and forbids what is not.

Each function is one test; its name is the sentence that is true when it passes."""

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

try:
    import jsonschema
except ModuleNotFoundError:
    print("1..0 # SKIP no python3-jsonschema here")
    sys.exit(0)

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
RESULTS = tempfile.TemporaryDirectory()
os.environ.setdefault("TWIN_BATCH_US", "500")  # no time is judged here


def twinbench(*words):
    said = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=600)
    assert said.returncode == 0, said.stderr
    return said.stdout


def bench():
    """The folder of a new run."""
    twinbench("bench", "--quick", "--tip", "leaks/range-unclosed", "--results", RESULTS.name)
    return Path(RESULTS.name, "latest").resolve()


RUN = bench()


def another():
    """A run that came out otherwise in one verdict."""
    run = shutil.copytree(RUN, Path(RESULTS.name, "another"))
    table = run / "verdicts.csv"
    said = table.read_text()
    assert ",holds,holds,c," in said, said
    table.write_text(said.replace(",holds,holds,c,", ",refuted,holds,c,", 1))
    return run


def checker(name):
    schema = json.loads((ROOT / f"bench/schemas/{name}.schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def valid(name, data):
    """It is as the schema says, and without any of what must be there it is not."""
    check = checker(name)
    check.validate(data)
    for key in check.schema["required"]:
        less = copy.deepcopy(data)
        del less[key]
        assert not check.is_valid(less), f"{name}: {key} may be missing"
    return check


def refused(check, data, *path_and_value):
    """With that value at that place."""
    *path, last, value = path_and_value
    changed = copy.deepcopy(data)
    place = changed
    for key in path:
        place = place[key]
    place[last] = value
    assert not check.is_valid(changed), path_and_value


def machine_json_is_as_described():
    data = json.loads((RUN / "machine.json").read_text())
    check = valid("machine", data)
    check.validate(json.loads((RUN / "run.json").read_text()))
    refused(check, data, "commit", "HEAD")
    refused(check, data, "cores", "2")
    refused(check, data, "unheard_of", 1)


def words_json_is_as_described():
    data = json.loads((RUN / "words.json").read_text())
    check = valid("words", data)
    assert data == json.loads(twinbench("list", "--json"))
    refused(check, data, "tips", [])
    refused(check, data, "tips", 0, "dial", "KNOB")
    refused(check, data, "tips", 0, "claims", 0, "refuted", "no")


def every_table_of_a_run_is_as_described():
    data = {}
    for path in RUN.glob("*.csv"):
        with open(path, newline="", encoding="utf-8") as f:
            data[path.stem] = list(csv.DictReader(f))
    check = valid("tables", data)
    refused(check, data, "verdicts", 0, "verdict", "perhaps")
    refused(check, data, "labels", 0, "label", "lie")
    refused(check, data, "slopes", 0, "trend", "rests")
    refused(check, data, "times", 0, "confidence", "")
    refused(check, data, "times", 0, "ratio", "1,5")
    refused(check, data, "samples", 0, "outcome", "FINE")


def a_comparison_is_as_described():
    twinbench("compare", RUN, another())
    (path,) = Path(RESULTS.name).rglob("comparison.json")
    data = json.loads(path.read_text())
    check = valid("comparison", data)
    refused(check, data, "runs", data["runs"][:1])


def a_calibration_is_as_described():
    twinbench("calibrate", "--seconds", "1", "--tip", "pools/no-reset", "--boards", "5", "--results", RESULTS.name)
    (path,) = Path(RESULTS.name).rglob("calibration.json")
    data = json.loads(path.read_text())
    check = valid("calibration", data)
    refused(check, data, "designs", 0, "effects", [])
    refused(check, data, "rounds", -1)


sys.exit(tap.run(tap.tests_of(globals())))
