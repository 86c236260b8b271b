#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""lesson.py - one tip as a lesson on a terminal: what people say, the difference, your
prediction, the run, and what it found.

    lesson.py FAMILY/TIP

Where nobody can answer, the prediction is left out.  No verdict is made here."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plots"))
sys.dont_write_bytecode = True

import sentences
import terminal
from run import Run, Trouble, words

TREE = ROOT / (os.environ.get("TIPS") or "patterns")  # of the tips: ours, or somebody's own
PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
RESULTS = (TREE if os.environ.get("TIPS") else ROOT) / "results/lesson"  # a run of the suite stays the latest
WIDTH = min(shutil.get_terminal_size().columns, 100)
NO_REPORT = 3  # but measured and judged
IN_COLOUR = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
ANSWERS = {"outcome": "ok stuck panics wrong dies", "time": "slower same faster"}


def bold(text):
    return f"\033[1m{text}\033[m" if IN_COLOUR else text


def paragraph(head, text):
    print(bold(head))
    print(textwrap.fill(text, WIDTH - 2, initial_indent="  ", subsequent_indent="  "), end="\n\n")


def show_difference(tip):
    """In C, then in Go."""
    colour = "--color=" + ("always" if IN_COLOUR else "never")
    for lang in ("c", "go"):
        bad, good = (TREE / tip / f"{twin}.{lang}" for twin in ("bad", "good"))
        if bad.exists():
            subprocess.run(["diff", "-u", colour, "--label", bad.name, "--label", good.name, bad, good])
            print()


def ask(question, answers):
    """One of the answers, by its first letters; "" for no opinion."""
    while True:
        said = input(f"  {question:34} {'/'.join(answers)}: ").strip().lower()
        found = [a for a in answers if a.startswith(said)]
        if not said or len(found) == 1:
            return found[0] if said else ""


def ask_claims(claims):
    """{column: what was predicted}."""
    said = {}
    print(bold("What will happen?") + "  (Enter: no opinion)")
    for column in dict.fromkeys(c["column"] for c in claims):
        answers = ANSWERS.get(column, "grows flat falls").split()
        if column == "time":
            said[column] = ask("time, bad against good", answers)
        else:
            twins = [ask(f"{sentences.plain(column)}, {twin}", answers) for twin in ("bad", "good")]
            said[column] = ", ".join(f"{t} {a}" for t, a in zip(("bad", "good"), twins) if a)
    print()
    return said


def show_found(run, tip, predicted):
    for v in tip.verdicts:
        lang = sentences.lang_name(v["lang"], tip)
        print(f"{lang:13} {sentences.found(v)}")
        if v["lang"] == tip.home and predicted.get(v["column"]):
            print(f"{'you said':13} {predicted[v['column']]}")
        print(f"{'':13} {sentences.claimed(tip.claim(v))}: {bold(sentences.verdict_word(v) or 'not told')}")
    for path in sorted(run.folder.glob(f"charts/{tip.slug}*.png")):
        print(f"{'chart':13} {os.path.relpath(path, ROOT)}")
    print(f"{'report':13} {os.path.relpath(run.folder / 'report.html', ROOT)}")


def lesson(name):
    said = {t["name"]: t for t in words(PROGRAM)["tips"]}.get(name)
    if not said:
        raise Trouble(f"no tip {name}; `{os.path.relpath(PROGRAM, ROOT)} list --names` has them all")
    print(bold(f"{name} - {said['title']}"), end="\n\n")
    paragraph("People say", said["folklore"])
    show_difference(name)
    RESULTS.mkdir(parents=True, exist_ok=True)
    predicted = ask_claims(said["claims"]) if sys.stdin.isatty() and sys.stdout.isatty() else {}
    if subprocess.run([PROGRAM, "bench", "--quick", "--tip", name, "--results", RESULTS],
                      stdout=subprocess.DEVNULL).returncode not in (0, NO_REPORT):
        raise Trouble(f"the run of {name} failed; `make bench QUICK=1 TIP={name}` says more")
    run = Run((RESULTS / "latest").resolve(), PROGRAM)
    show_found(run, next(t for t in run.tips if t.name == name), predicted)
    print()
    paragraph("The rule", said["rule"])
    paragraph("When not to", said["when_not"])


def main():
    terminal.speak()
    if len(sys.argv) != 2:
        sys.exit("usage: lesson.py FAMILY/TIP")
    try:
        lesson(sys.argv[1])
    except Trouble as e:
        sys.exit(f"twinbench: {e}")
    except (KeyboardInterrupt, EOFError):
        sys.exit("\ntwinbench: stopped")


if __name__ == "__main__":
    main()
