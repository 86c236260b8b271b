#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""symptom.t - the tree of symptoms leads to every tip, in four questions at most, on a terminal and
without one.

Each function is one test; its name is the sentence that is true when it passes."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
MOST_QUESTIONS = 4


def symptom(*words, **more):
    env = {**{k: v for k, v in os.environ.items() if k != "COLUMNS"}, **more}
    return subprocess.run([PROGRAM, "symptom", *words], env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=600)


def entries(said):
    """What is printed, with each answer in one line."""
    names = "|".join(x["name"] for x in (*data()["symptoms"], *data()["tips"]))
    return re.sub(rf"\n +(?! |(?:{names}): )", " ", said)


def data():
    return json.loads(subprocess.run([PROGRAM, "list", "--json"], capture_output=True, text=True, check=True).stdout)


def on_a_terminal(*words, typed):
    """(what a terminal of 40 columns shows, the status) when this is typed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(PROGRAM, [PROGRAM, "symptom", *words], {**os.environ, "COLUMNS": "40"})
    os.write(terminal, typed.encode())
    said = b""
    try:
        while chunk := os.read(terminal, 4096):
            said += chunk
    except OSError:  # so a terminal ends whose program has
        pass
    os.close(terminal)
    return said.decode().replace("\r", ""), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def answers(said):
    """{number: answer} of the last question on a terminal."""
    last = said[said.rindex("?\n") if "?\n" in said else 0:]
    return {int(n): " ".join(text.split()) for n, text in re.findall(r"^ +(\d+)  (.*(?:\n {5}.*)*)", last, re.M)}


# --- the tree ---

def every_tip_hangs_somewhere():
    tips = data()["tips"]
    nowhere = [t["name"] for t in tips if not t["symptoms"]]
    assert tips and not nowhere, f"no line under '## Symptom' in the pages of {nowhere}"


def every_tip_is_in_the_printed_tree_as_often_as_its_page_says():
    said, tips = symptom(), data()["tips"]
    assert said.returncode == 0 and not said.stderr, said
    printed = re.findall(r"^ +([a-z]+/[a-z-]+): (.*)$", entries(said.stdout), re.M)
    wanted = [(t["name"], p["text"]) for t in tips for p in t["symptoms"]]
    named = {t["name"] for t in tips}
    assert sorted(p for p in printed if p[0] in named) == sorted(wanted), set(wanted) ^ set(printed)


def a_tip_is_reached_in_four_questions_at_most():
    d = data()
    names = [s["name"] for s in d["symptoms"]]
    assert names[0] == "" and len(names) == len(set(names)) > 8, names
    for t in d["tips"]:
        for p in t["symptoms"]:
            assert p["at"] in names, (t["name"], p)
            assert 1 + len(p["at"].split("/")) <= MOST_QUESTIONS, (t["name"], p)


def the_answers_to_one_question_differ():
    for s in data()["symptoms"]:
        here = [p["text"] for t in data()["tips"] for p in t["symptoms"] if p["at"] == s["name"]]
        assert len(here) == len(set(here)), (s, here)


def a_branch_is_what_the_tree_has_there():
    whole, branch = symptom().stdout, symptom("memory").stdout
    assert branch.startswith("memory: ") and "\n  memory/requests: " in branch and "tasks/receive" not in branch, branch
    assert all(line.strip() in entries(whole) for line in entries(branch).splitlines()), branch
    leaf = symptom("tasks/receive").stdout
    assert "leaks/range-unclosed: " in leaf and "memory/requests" not in leaf and leaf.count("\n") < branch.count("\n"), leaf


def a_branch_that_leads_to_no_tip_is_not_shown():
    places = [p["at"] for t in data()["tips"] for p in t["symptoms"]]
    shown = re.findall(r"^ +([a-z0-9]+(?:/[a-z0-9]+)*): [A-Z]", symptom().stdout, re.M)
    assert len(shown) > 8, shown
    for name in shown:
        assert any(at == name or at.startswith(name + "/") for at in places), name


def on_40_columns_it_is_the_same_in_narrow_lines():
    wide, narrow = symptom().stdout, symptom(COLUMNS="40").stdout
    assert wide.split() == narrow.split(), narrow
    assert max(map(len, narrow.splitlines())) <= 40 < max(map(len, wide.splitlines())) <= 80, (narrow, wide)


def a_word_that_is_no_symptom_is_refused_in_one_line():
    for word in ("hunger", "tasks/", "task", "memory/requests/", "leaks/range-unclosed"):
        said = symptom(word)
        assert (said.returncode, said.stdout) == (2, "") and said.stderr.count("\n") == 1, said
        assert said.stderr.startswith(f"twinbench: no symptom '{word}'; there are tasks memory "), said.stderr


# --- the questions ---

def on_a_terminal_numbers_lead_to_a_tip():
    """Down to every tip of a branch, by the answers that the terminal shows."""
    d = data()
    wanted = {t["name"]: p for t in d["tips"] for p in t["symptoms"] if p["at"].startswith("memory/")}
    assert len(wanted) > 3, wanted
    for name, place in wanted.items():
        typed = ""
        for text in [*(s["text"] for s in d["symptoms"] if s["name"] in ("memory", place["at"])), place["text"]]:
            shown = answers(on_a_terminal(typed=typed + "\n")[0])
            (number,) = [n for n, a in shown.items() if a == text] or [None]
            assert number, (name, text, shown)
            typed += f"{number}\n"
        said, status = on_a_terminal(typed=typed)
        assert status == 0 and f"\n{name} - " in said and "What to do: " in said, said
        assert typed.count("\n") <= MOST_QUESTIONS


def a_branch_is_where_the_questions_begin():
    shown = answers(on_a_terminal("tasks/send", typed="\n")[0])
    assert "somebody who had a time limit and has gone on" in shown.values(), shown


def an_answer_that_is_none_is_asked_for_again():
    for typed in ("0\n", "99\n", "x\n", "1x\n", "-1\n", " \n"):
        said, status = on_a_terminal(typed=typed + "\n")
        assert status == 0 and said.count("or Enter to end: ") == 2, (typed, said)


def enter_and_the_end_of_input_end_it():
    for typed in ("\n", "\x04"):
        said, status = on_a_terminal(typed=typed)
        assert status == 0 and said.count("or Enter to end: ") == 1, (typed, said)


def on_a_terminal_the_tree_is_printed_if_it_is_asked_for():
    said, status = on_a_terminal("--all", typed="")
    assert status == 0 and said.split() == symptom().stdout.split(), said


if __name__ == "__main__":
    sys.exit(tap.run(tap.tests_of(globals())))
