#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""mistakes.py [--write] - what goes wrong most, as the table of notebooks/TEACHING.md: the wrong solutions that the
grader is tested with (tests/grade/honest), by what it says of each first, and by family."""

import re
import sys
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "bench/python"))
import broken_pipe

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = sorted(p.name for p in (ROOT / "patterns").iterdir() if any(p.glob("*/tip.c")))
# By the first that is found in the expression for what the grader must say.
KINDS = [
    ("the work is left out", r"left out|by good and by bad|not come to its end"),
    ("a count is not good's: something is left, or done too often", r"good has|never freed|is 0 in the end"),
    ("wrong answers", r"wrong"),
    ("it dies: of memory, or of a misuse that the runtime names", r"DIES|unlock of unlocked"),
    ("it panics", r"PANICS|panic|send on closed"),
    ("a data race", r"ThreadSanitizer"),
    ("used after it was given back, or beyond its end", r"AddressSanitizer|use-after|overflow|undefined behaviour|free"),
    ("all wait for ever", r"STUCK|asleep"),
    ("slower than good", r"slower"),
]


def cases():
    """[(name, tip, points at most, what must be said first)] of each wrong solution."""
    for line in (ROOT / "tests/grade/honest/cases.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, tip, _, most, says = line.split("\t")
            if says != "^$":
                yield name, tip, int(most), says


def wrong():
    """[(tip, what must be said first)]"""
    return [(tip, says) for _, tip, _, says in cases()]


def kind_of(says):
    return next((kind for kind, words in KINDS if re.search(words, says)), "something else")


def table():
    count = Counter((kind_of(says), tip.partition("/")[0]) for tip, says in wrong())
    kinds = sorted({k for k, _ in count}, key=lambda k: (-sum(count[k, f] for f in FAMILIES), k))
    lines = ["| what the grader says first | " + " | ".join(FAMILIES) + " | all |", "|---|" + "---|" * (len(FAMILIES) + 1)]
    for k in [*kinds, None]:
        numbers = [sum(n for (kind, family), n in count.items() if kind == (k or kind) and family == f) for f in FAMILIES]
        lines.append(f"| {k or 'together'} | " + " | ".join(map(str, numbers)) + f" | {sum(numbers)} |")
    return "\n".join(lines)


def main():
    print(table())
    if sys.argv[1:] == ["--write"]:
        page = ROOT / "notebooks/TEACHING.md"
        page.write_text(re.sub(r"^\| what the grader says first .*?^\| together [^\n]*", lambda _: table(), page.read_text("utf-8"), flags=re.S | re.M), "utf-8")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
