#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pages.t - what a page names as code is there: files, tips, make targets, commands and their flags.

The CHANGELOG is left out, for it tells of what was.  A path is looked at if it begins with a folder
of ours, so what is made (build/, results/) is not; nor is a name with a placeholder in it."""

import re
import sys
from functools import cache
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib"), str(Path(__file__).resolve().parent)]
import markdown
import tap
from house import ROOT, fails, files, none, planted

# Made by make, by who follows patterns/README.md, or in a repository that notebooks/HANDIN.md lays out.
MADE = ("notebooks/labs", "patterns/leaks/done-not-closed", "notebooks/gate.py")
PATH = re.compile(r"(?<![\w./~$@-])[\w.-]+(?:/[\w.-]+)+/?(?![\w*<>{}$])")
TIP = re.compile(r"(?<![\w./-])(\w+)/[a-z-]+\Z")
MAKE = re.compile(r"^(?:\$ )?make (?:[A-Z]\w*=\S+ )*([a-z][\w-]*)(?![\w/.-])")
COMMAND = re.compile(r"^(?:\$ |[A-Z]\w*=\S+ )*(?:\S*/)?twinbench ([a-z]\w*)\b(?![\w./=-])([^|;&#]*)")
FLAG = re.compile(r"(?<!\S)--[a-z][a-z-]+(?![\w-])")


def code(root):
    """(page, line number, text) of every code span, and of every line of a block of code."""
    found = []
    for path in files(root, ".md"):
        if path.name == "CHANGELOG.md":
            continue
        for n, (kind, line) in enumerate(markdown.kinds((root / path).read_text().splitlines()), 1):
            block = kind == "code" or line.startswith("    ")
            found += [(path, n, text.strip()) for text in ([line] if block else re.findall(r"`([^`]+)`", line))]
    assert found, f"looked at nothing: no page below {root} has code in it"
    return found


@cache
def tree(root):
    """The paths of every file and folder."""
    return {str(p) for f in files(root, "") for p in [f, *f.parents]}


def dead_paths(root):
    there = tree(root)
    ours = {p.split("/")[0] for p in there if "/" in p}
    for path, n, text in code(root):
        for name in PATH.findall(text):
            asked = name.rstrip("/.")
            if name.split("/")[0] in ours and not name.startswith(MADE) and not {asked, str(path.parent / asked)} & there:
                yield f"{path}:{n}: there is no {name}"


def dead_tips(root):
    there = tree(root)
    for path, n, text in code(root):
        tip = TIP.fullmatch(text.partition("TIP=")[2] or text)
        if tip and f"patterns/{tip[1]}" in there and not {f"patterns/{tip[0]}", f"{path.parent}/{tip[0]}"} & {*there, *MADE}:
            yield f"{path}:{n}: there is no tip {tip[0]}"


def dead_targets(root):
    makefiles = "\n".join((root / p).read_text() for p in files(root, "Makefile", ".mk"))
    targets = set(" ".join(re.findall(r"^(?:\.PHONY:|(?=[a-z]))([\w -]+)", makefiles, re.M)).split())
    for path, n, text in code(root):
        target = MAKE.match(text)
        if target and target[1] not in targets:
            yield f"{path}:{n}: no makefile has {target[1]}, so there is no `{text}`"


def dead_commands(root):
    sources = "\n".join((root / p).read_text() for p in files(root, ".c", ".h", ".py", ".cc") if p.parts[0] == "bench")
    for path, n, text in code(root):
        for command, rest in COMMAND.findall(text):
            if f"COMMAND({command}," not in sources:
                yield f"{path}:{n}: there is no command `twinbench {command}`"
            yield from (f"{path}:{n}: `twinbench {command}` has no {f}" for f in FLAG.findall(rest) if f'"{f}"' not in sources)



def every_path_on_a_page_is_there():
    none(dead_paths(ROOT))


def every_tip_on_a_page_is_there():
    none(dead_tips(ROOT))


def every_make_target_on_a_page_is_there():
    none(dead_targets(ROOT))


def every_command_on_a_page_is_there_with_its_flags():
    none(dead_commands(ROOT))


# The tests of the test.

TREE = {"bench/cmd/commands.h": 'COMMAND(ab, "x") "--out"', "Makefile": "all: x\n.PHONY: all go-on\nV := 1\n",
        "patterns/leaks/a-leak/tip.c": "", "patterns/leaks/README.md": "`tip.c`"}


def a_planted_dead_path_is_named():
    found = planted(dead_paths, TREE | {"a.md": "`bench/cmd` bench/prose.c `bench/gone.c`\n\n    cat bench/<x>/b.c bench/no/\n\n```\nbuild/x.o\n```\n"})
    assert found == ["a.md:1: there is no bench/gone.c", "a.md:3: there is no bench/no/"], found


def a_planted_dead_tip_is_named():
    found = planted(dead_tips, TREE | {"a.md": "`leaks/a-leak` `leaks/none` `make check TIP=leaks/two` `other/thing`\n"})
    assert found == ["a.md:1: there is no tip leaks/none", "a.md:1: there is no tip leaks/two"], found


def a_planted_dead_target_is_named():
    found = planted(dead_targets, TREE | {"a.md": "`make all V=1` `make GO=none go-on` `make build/x` make prose\n\n```\n$ make A=1 gone\n```\n"})
    assert found == ["a.md:4: no makefile has gone, so there is no `$ make A=1 gone`"], found


def a_planted_dead_command_is_named():
    found = planted(dead_commands, TREE | {"a.md": "`build/twinbench ab --out DIR` `twinbench ab --in DIR` `twinbench abba` `A=1 twinbench --help`\n"})
    assert found == ["a.md:1: `twinbench ab` has no --in", "a.md:1: there is no command `twinbench abba`"], found


def an_empty_tree_fails():
    for check in (dead_paths, dead_tips, dead_targets, dead_commands):
        fails("looked at nothing", planted, check, {"Makefile": "all:\n", "bench/a.c": "", "a.md": "no code\n"})


sys.exit(tap.run(tap.tests_of(globals())))
