#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""article.t - every assertion of patterns/ARTICLE.md is put to the proof by claims that there are.

Each function is one test; its name is the sentence that is true when it passes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "plots"), str(ROOT / "bench/python"), str(ROOT / "tests/lib")]
import tap
from report import article

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"


def claims():
    """{tip: the columns that it claims something about}"""
    said = subprocess.run([PROGRAM, "list", "--json"], capture_output=True, text=True, check=True)
    return {t["name"]: {c["column"] for c in t["claims"]} for t in json.loads(said.stdout)["tips"]}


def all_24_assertions_are_there_in_their_order():
    assert [a.n for a in article.read(ROOT / "patterns")] == list(range(1, 25))


def each_is_put_to_the_proof_by_a_claim_of_a_tip():
    of = claims()
    for a in article.read(ROOT / "patterns"):
        assert a.text and any(p.column for p in a.proofs), a
        for p in a.proofs:
            assert p.tip in of, f"{a.n}: there is no tip {p.tip}"
            assert not p.column or p.column in of[p.tip], f"{a.n}: {p.tip} claims nothing about {p.column}"


def nothing_in_a_row_is_left_unread():
    for line in re.findall(r"^\| *\d.*", (ROOT / "patterns/ARTICLE.md").read_text(), re.M):
        last = line.rstrip(" |").rpartition("| ")[2]
        assert not article.PROOF.sub("", last).replace(",", "").strip(), last


def no_label_is_written_in_it():
    page = (ROOT / "patterns/ARTICLE.md").read_text()
    assert not re.search(r"\b(myth|depends|undecided)\b|[✓✗◐]", page), page


if __name__ == "__main__":
    sys.exit(tap.run(tap.tests_of(globals())))
