#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""labels.t - a run has one label for each tip: on the terminal, in its tables, in every part of its
report and on its charts.

One small run is measured, in C alone.  No label is right or wrong here: times are too short for that.

Each function is one test; its name is the sentence that is true when it passes."""

import csv
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
BY_COUNTS, BY_TIME = ("pools/no-reset",), "defer/on-error-only"
RESULTS = tempfile.TemporaryDirectory()
LABEL = "true|myth|depends|undecided"


def twinbench(*arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "GO": "none", "TWIN_BATCH_US": "200", "COLUMNS": "80"})
    assert done.returncode == 0, (arguments, done.returncode, done.stderr)
    return done.stdout


@cache
def measured():
    """(the run's folder, what it printed, {tip: its label in labels.csv})."""
    said = twinbench("bench", "--quick", "--tip", ",".join((*BY_COUNTS, BY_TIME)), "--results", RESULTS.name)
    run = Path(RESULTS.name, "latest").resolve()
    with (run / "labels.csv").open(newline="") as f:
        labels = {r["tip"]: r["label"] for r in csv.DictReader(f) if not r["lang"]}
    assert set(labels) == {*BY_COUNTS, BY_TIME}, labels
    return run, said, labels


def found(pattern, text):
    """{tip: label} of a pattern that finds both, the label first; or last, as `tip` and `label`."""
    return {m["tip"]: m["label"] for m in re.finditer(pattern, text, re.M | re.S)}


def the_terminal_says_it():
    _, said, labels = measured()
    assert found(rf"^(?P<label>{LABEL}) +(?P<tip>[a-z]+/[a-z-]+)$", said) == labels, said


def markdown_says_it():
    run, _, labels = measured()
    said = twinbench("report", run, "--format", "markdown")
    assert found(rf"^\| (?P<label>{LABEL})[^|\n]*\|[^|\n]*`(?P<tip>[^`|\n]*)`", said) == labels, said


def the_index_and_the_page_of_each_tip_have_it():
    run, _, labels = measured()
    text = (run / "report.html").read_text()
    slugs = {t.replace("/", "-"): label for t, label in labels.items()}
    badge = rf'<span class="badge (?P<label>{LABEL})">'
    assert found(rf'<tr class="entry" data-tip="(?P<tip>[^"]*)"[^>]*>\s*<td>\s*{badge}', text) == slugs
    assert found(rf'<h3 id="(?P<tip>[^"]*)-h">[^<]*</h3>\s*{badge}', text) == slugs
    section = re.search('<section id="sayings".*?</section>', text, re.S)[0]
    groups = {re.match(rf'<span class="badge ({LABEL})">', g)[1]: re.findall(r'href="#([^"]*)"', g) for g in section.split("<h3>")[1:]}
    assert {slug: label for label, of in groups.items() for slug in of} == slugs, groups


def the_title_of_each_card_is_it():
    run, _, labels = measured()
    for tip, label in labels.items():
        for width in ("", "-narrow"):
            title = ElementTree.parse(run / f"charts/{tip.replace('/', '-')}{width}.svg").getroot().find("{http://www.w3.org/2000/svg}title").text
            assert title.startswith(f"{label.upper()} here: “") or label == "depends" and title.startswith("DEPENDS on "), (tip, label, title)


def the_board_has_it_of_what_a_time_decides():
    run, _, labels = measured()
    with (run / "charts/board.tsv").open(newline="") as f:
        words = {r["tip"]: r["word"] for r in csv.DictReader(f, delimiter="\t") if r["lang"] == "c"}
    drawn = [e.text for e in ElementTree.parse(run / "charts/board.svg").getroot().iter("{http://www.w3.org/2000/svg}text")]
    assert words[BY_TIME] in drawn, (words, drawn)
    assert words[BY_TIME] == "withheld" and labels[BY_TIME] == "undecided" or words[BY_TIME].partition(":")[0] == labels[BY_TIME], (words, labels)


sys.exit(tap.run(tap.tests_of(globals())))
