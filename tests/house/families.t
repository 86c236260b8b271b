#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""families.t - the pages that lead to the tips name all of them, and none that is not there; how many
items of other collections have one is counted right; each tip cites a report and asks three questions."""

import re
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import tap
from house import ROOT


def tips_of(patterns):
    """{family: its tips}"""
    found = {}
    for tip in sorted(patterns.glob("*/*/tip.c")):
        found.setdefault(tip.parent.parent.name, set()).add(tip.parent.name)
    return found


def astray(patterns):
    """What the families' pages leave out, and what they or ELSEWHERE.md name that is no tip."""
    tips = tips_of(patterns)
    for family, names in tips.items():
        page = patterns / family / "README.md"
        linked = set(re.findall(r"\]\(([\w-]+)\)", page.read_text())) if page.exists() else set()
        yield from (f"{family}/README.md does not lead to {name}" for name in sorted(names - linked))
        yield from (f"{family}/README.md leads to {name}, which is no tip" for name in sorted(linked - names))
    elsewhere = patterns / "ELSEWHERE.md"
    for family, name in re.findall(r"`(%s)/([\w-]+)`" % "|".join(tips), elsewhere.read_text() if elsewhere.exists() else ""):
        if name not in tips[family]:
            yield f"ELSEWHERE.md names {family}/{name}, which is no tip"


def weak(patterns):
    """The pages without a report in the wild, by project and number, or not with three questions for a class."""
    for family, names in tips_of(patterns).items():
        for name in sorted(names):
            page = dict(re.findall(r"^## (.*)\n((?:(?!## ).*\n)*)", (patterns / family / name / "README.md").read_text(), re.M))
            if not re.search(r"\b[\w.-]+/[\w.-]+#\d+", page.get("In the wild", "")):
                yield f"{family}/{name} cites no report like owner/project#7 under 'In the wild'"
            questions = re.findall(r"^(\d+)\. ", page.get("For a class", ""), re.M)
            if questions != ["1", "2", "3"]:
                yield f"{family}/{name} asks {len(questions)} questions under 'For a class', not three"


def cells(line):
    return [c.strip() for c in line.strip().strip("|").split("|")]


def counted(elsewhere):
    """{collection: items, how many a tip proves, how many none}, of the text of ELSEWHERE.md."""
    found = {}
    for section in re.split(r"^## ", elsewhere, flags=re.M)[1:]:
        here = [cells(line)[-1] for line in re.findall(r"^\|.*", section, re.M)[2:]]
        none = sum(h.startswith("none") for h in here)
        found[section.partition("\n")[0]] = [len(here), len(here) - none, none]
    return found


def told(readme):
    """The same, as the text of patterns/README.md has it."""
    return {name: [int(n) for n in numbers] for name, *numbers in
            re.findall(r"^\| \[(.*?)\]\(ELSEWHERE\.md#[^|]*\| (\d+) \| (\d+) \| (\d+) \|$", readme, re.M)}


def each_tip_cites_a_report_and_asks_three_questions():
    assert not list(weak(ROOT / "patterns")), "\n".join(weak(ROOT / "patterns"))


def how_many_items_have_a_tip_is_told_as_it_is():
    patterns = ROOT / "patterns"
    right = counted((patterns / "ELSEWHERE.md").read_text())
    assert len(right) == 5 and all(items > 5 for items, *_ in right.values()), right
    assert told((patterns / "README.md").read_text()) == right, right


def each_tip_is_led_to_by_its_familys_page_and_only_tips_are_named():
    assert len(tips_of(ROOT / "patterns")) > 3, "no families were found"
    assert not list(astray(ROOT / "patterns")), "\n".join(astray(ROOT / "patterns"))


def a_tip_that_is_left_out_and_one_that_is_not_there_are_found():
    with tempfile.TemporaryDirectory() as at:
        for name in ("one", "two"):
            (Path(at) / "waits" / name).mkdir(parents=True)
            (Path(at) / "waits" / name / "tip.c").write_text("")
        (Path(at) / "waits/README.md").write_text("| [one](one) | [three](three) |\n")
        (Path(at) / "ELSEWHERE.md").write_text("| 1 | `waits/two`, `waits/four` |\n")
        assert list(astray(Path(at))) == ["waits/README.md does not lead to two", "waits/README.md leads to three, which is no tip",
                                          "ELSEWHERE.md names waits/four, which is no tip"], list(astray(Path(at)))


def a_page_without_a_report_or_with_two_questions_is_named():
    with tempfile.TemporaryDirectory() as at:
        for name, text in {"one": "# T\n\n## In the wild\n\na/b.go#7: so.\n\n## For a class\n\n1. A\n   b?\n2. C?\n3. D?\n",
                           "two": "# T\n\n## In the wild\n\nOften.\n\n## For a class\n\n1. A?\n2. a/b#7?\n"}.items():
            (Path(at) / "waits" / name).mkdir(parents=True)
            (Path(at) / "waits" / name / "tip.c").write_text("")
            (Path(at) / "waits" / name / "README.md").write_text(text)
        assert list(weak(Path(at))) == ["waits/two cites no report like owner/project#7 under 'In the wild'",
                                        "waits/two asks 2 questions under 'For a class', not three"], list(weak(Path(at)))


def an_item_without_a_tip_is_counted_as_that():
    page = "# P\n## A\n| n | here |\n|---|---|\n| 1 | `waits/one` |\n| 2 | none: why |\n## B\n| n | k | here |\n|--|--|--|\n| 1 | a | none |\n"
    assert counted(page) == {"A": [2, 1, 1], "B": [1, 0, 1]}, counted(page)
    assert told("| [A](ELSEWHERE.md#a) | 2 | 1 | 1 |\n") == {"A": [2, 1, 1]}


sys.exit(tap.run(tap.tests_of(globals())))
