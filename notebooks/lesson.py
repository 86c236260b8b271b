#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""lesson.py - one tip as a lesson on a terminal: what people say, the difference, your
prediction, the run, and what it found.

    lesson.py FAMILY/TIP

What people say, the difference and the questions stand on the screen together, on one of 80 columns and
24 lines too.  Where nobody can answer, the prediction is left out.  No verdict is made here."""

import math
import os
import re
import shutil
import subprocess
import sys
import textwrap

sys.dont_write_bytecode = True

import lessons  # which also finds plots/ and bench/python/
from lessons import ROOT, TREE

import broken_pipe
import predictions
import sentences
import terminal
from run import Run, Trouble, words

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
RESULTS = (TREE if lessons.OWN else ROOT) / "results/lesson"  # a run of the suite stays the latest
WIDTH = max(20, min(shutil.get_terminal_size().columns, 100))
HEIGHT = shutil.get_terminal_size().lines
NO_REPORT = 3  # but measured and judged
IN_COLOUR = sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def bold(text):
    return f"\033[1m{text}\033[m" if IN_COLOUR else text


def paragraph(head, text):
    print(bold(head))
    print(textwrap.fill(text, WIDTH - 2, initial_indent="  ", subsequent_indent="  "), end="\n\n")


def beside(word, text):
    print(*textwrap.wrap(text, WIDTH - 1, initial_indent=f"{word:13} ", subsequent_indent=" " * 14), sep="\n")


def shorn(line):
    """Without colours."""
    return re.sub(r"\033\[[\d;]*[mK]", "", line)


def rows(line):
    """Of the screen, that it takes."""
    return max(1, -(-len(shorn(line)) // shutil.get_terminal_size().columns))


def difference(tip, lang, room=math.inf):
    """The lines of the two twins' difference, with as many equal ones around them as there is room for; none if there
    is no such twin.  Where room is short, nothing tells the places apart."""
    bad, good = (TREE / tip / f"{twin}.{lang}" for twin in ("bad", "good"))
    colour = "--color=" + ("always" if IN_COLOUR else "never")
    lines = []
    for context, between in ((3, 1), (2, 1), (1, 1), (0, 1), (0, 0)) if bad.exists() and good.exists() else ():
        said = subprocess.run(["diff", f"-U{context}", colour, bad, good], stdout=subprocess.PIPE, encoding="utf-8").stdout
        lines = [line for line in said.splitlines()[3:] if between or not shorn(line).startswith("@@")]
        lines = ["  ..." if shorn(line).startswith("@@") else line for line in lines]
        if sum(map(rows, lines)) <= room:
            break
    return lines


def questions_of(claims):
    """[(column, twin, or "" for both)]"""
    columns = dict.fromkeys(c["column"] for c in claims)
    return [(c, twin) for c in columns for twin in (("",) if c == "time" else ("bad", "good"))]


def shortest(answer, answers):
    """The fewest letters that mean this one alone."""
    return next(answer[:n] for n in range(1, len(answer) + 1) if sum(a.startswith(answer[:n]) for a in answers) == 1)


def ask(question, answers):
    """One of the answers, by its first letters; "" for no opinion.  Who types something else is asked again in the
    same line, with the keys that there are."""
    keys = "/".join(answers)
    while True:
        asked = f"  {question:28} {keys}: "
        typed = input(asked)
        said = typed.strip().lower()
        meant = [a for a in answers if a.startswith(said)]
        if not said or len(meant) == 1:
            return meant[0] if said else ""
        keys = f"no such answer; keys {' '.join(shortest(a, answers) for a in answers)} or Enter"
        if os.environ.get("TERM", "dumb") != "dumb":
            print("\033[A\033[K" * rows(asked + typed), end="")


def ask_all(questions):
    """{column: what was predicted}"""
    print(bold("What will happen?") + "  (Enter: no opinion)")
    said = {}
    for column, twin in questions:
        answers = predictions.answers_for(column)
        asked = f"{sentences.plain(column)}, {twin}" if twin else "time, bad against good"
        said.setdefault(column, []).append(ask(asked, answers) or "?")
    print()
    return {column: words[0] if column == "time" else tuple(words) for column, words in said.items()}


def show_found(run, tip, predicted):
    for v in tip.verdicts:
        lang = sentences.lang_name(v["lang"], tip)
        beside(lang, sentences.found(v))
        if v["lang"] == tip.home and v["column"] in predicted:
            said = predictions.marked(predicted[v["column"]], v, tip.claim(v), run.margin)
            taught = predictions.taught(tip, v, said, run.margin)
            beside("you said", said)
            if taught:
                beside("", taught)
        beside("", f"{sentences.claimed(tip.claim(v))}: {bold(sentences.verdict_word(v) or 'not told')}")
    for path in sorted(run.folder.glob(f"charts/{tip.slug}*.png")):
        print(f"{'chart':13} {os.path.relpath(path, ROOT)}")
    print(f"{'report':13} {os.path.relpath(run.folder / 'report.html', ROOT)}")


def lesson(name):
    said = {t["name"]: t for t in words(PROGRAM)["tips"]}.get(name)
    if not said:
        raise Trouble(f"no tip {name}; `{os.path.relpath(PROGRAM, ROOT)} list --names` has them all")
    title = textwrap.fill(f"{name} - {said['title']}", WIDTH - 1, subsequent_indent="    ")
    print(bold(title), end="\n\n")
    paragraph("People say", said["folklore"])
    questions = questions_of(said["claims"]) if sys.stdin.isatty() and sys.stdout.isatty() else []
    saying = len(textwrap.wrap(said["folklore"], WIDTH - 4)) + 2
    room = HEIGHT - saying - len(questions) - 4 - title.count("\n") if questions else math.inf
    home = "go" if said.get("c_none") else "c"
    if (TREE / name / f"good.{home}").exists():
        print(bold("The difference") + f"  (- bad.{home}, + good.{home})", *difference(name, home, room), sep="\n", end="\n\n")
    else:  # it is with the teacher
        print(bold("The program"), (TREE / name / f"bad.{home}").read_text("utf-8"), sep="\n")
    RESULTS.mkdir(parents=True, exist_ok=True)
    predicted = ask_all(questions) if questions else {}
    if subprocess.run([PROGRAM, "bench", "--quick", "--tip", name, "--results", RESULTS],
                      stdout=subprocess.DEVNULL).returncode not in (0, NO_REPORT):
        raise Trouble(f"the run of {name} failed; `{lessons.make('bench QUICK=1', name)}` says more")
    run = Run((RESULTS / "latest").resolve(), PROGRAM)
    show_found(run, next(t for t in run.tips if t.name == name), predicted)
    print()
    in_go = difference(name, "go") if home == "c" else []
    if in_go:
        print(bold("The same in Go"), *in_go, sep="\n", end="\n\n")
    paragraph("The rule", said["rule"])
    paragraph("When not to", said["when_not"])
    if home == "c":  # what is graded is C
        paragraph("Now you", f"{lessons.make('watch', name)} makes a copy of the bad twin for you to mend, and grades it whenever you save it.")


def main():
    terminal.speak()
    if len(sys.argv) != 2:
        sys.exit("usage: lesson.py FAMILY/TIP")
    try:
        lesson(sys.argv[1])
    except Trouble as e:
        sys.exit(f"twinbench: {e}")
    except (KeyboardInterrupt, EOFError) as e:
        print("\ntwinbench: stopped", file=sys.stderr)
        sys.exit(130 if isinstance(e, KeyboardInterrupt) else 1)


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
