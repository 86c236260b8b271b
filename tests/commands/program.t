#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""program.t - what one expects of any program: a version, help, and a word on a word it does not know.

Each function is one test; its name is the sentence that is true when it passes."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"


def twinbench(*words, **more):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=600, **more)


def commands():
    """As --help lists them."""
    found = re.findall(r"^  ([a-z]+) +\S", twinbench("--help").stdout, re.M)
    assert len(found) > 5, found
    return found


def complaint(*words, status=2):
    said = twinbench(*words)
    assert said.returncode == status and not said.stdout, (said.returncode, said.stdout)
    assert said.stderr.count("\n") == 1, said.stderr
    return said.stderr


def the_version_is_the_file_version():
    said = twinbench("--version")
    assert (said.returncode, said.stdout) == (0, f"twinbench {(ROOT / 'VERSION').read_text().strip()}\n"), said


def every_command_has_help():
    for command in commands():
        said = twinbench(command, "--help")
        assert said.returncode == 0 and said.stdout.startswith(f"usage: twinbench {command}"), (command, said)


def a_mistyped_command_is_guessed():
    for typed, meant in {"lst": "list", "rpeort": "report", "gb": "gbench", "bennch": "bench", "ones": "one"}.items():
        assert f"nearest is {meant} " in complaint(typed), (typed, complaint(typed))


def of_a_word_like_no_command_nothing_is_suggested():
    for typed in ("foo", "xyzzy", "", "--frobnicate"):
        assert "nearest" not in complaint(typed), complaint(typed)


def a_family_may_be_named_as_its_folder():
    plain, folder = (twinbench("check", name) for name in ("channels", "channels/"))
    assert folder.returncode == 0 and folder.stdout == plain.stdout and "channels/len-polling" in folder.stdout, folder
    for typed in ("channels//", "/channels", "/"):
        assert "no tip" in complaint("check", typed), typed


def an_empty_value_is_none():
    for flag in ("--results", "--tip", "--fail-on"):
        assert complaint("bench", flag, "") == f"twinbench: {flag} wants a value, and was given an empty one\n"


def gbench_finds_its_own_flags_among_the_librarys():
    said = twinbench("gbench", "--workers=2", "--benchmark_filter=counters/apart", "--heap", "gc", "--benchmark_format=csv")
    assert said.returncode == 0 and "counters/apart/workers/2/" in said.stdout, said
    for words in (("--heap",), ("--benchmark_filter=counters", "--workers")):
        assert f"{words[-1]} wants a value after it" in complaint("gbench", *words), words


def of_a_run_that_is_nowhere_each_place_is_named_that_was_looked_at():
    assert "no run in '/nowhere' (" in complaint("report", "/nowhere", status=1)
    assert "no run in 'nowhere' nor in results/nowhere (" in complaint("report", "nowhere", status=1)


def a_target_for_a_tip_names_the_one_that_is_not_there():
    said = subprocess.run(["make", "lesson", "TIP=leaks/nowhere"], cwd=ROOT, text=True, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert said.returncode and said.stderr.startswith("twinbench: no tip 'leaks/nowhere'; make lesson TIP="), said


def a_build_folder_elsewhere_finds_the_scripts_of_its_checkout():
    with tempfile.TemporaryDirectory() as elsewhere:
        build = Path(elsewhere) / "build"
        build.mkdir()
        shutil.copy2(PROGRAM, build)
        shutil.copy2(PROGRAM.parent / "checkout", build, follow_symlinks=False)
        said = subprocess.run([build / "twinbench", "fleet", "status", "nowhere"], capture_output=True, text=True, cwd=elsewhere)
    assert "nowhere" in said.stderr and said.stderr.count("\n") == 1, said.stderr


def no_line_is_wider_than_it_may_be():
    """Of whatever a person reads: in a pipe, where a line has 80 columns, and where fewer are told.  A word
    that is wider than a line stands alone, and below Google Benchmark's flags nothing is ours."""
    asked = [["--help"], *([c, "--help"] for c in commands()), ["list"], ["symptom"], ["one", "leaks/range-unclosed", "bad"]]
    for columns, wide in ((None, 80), ("80", 80), ("40", 40)):
        env = {k: v for k, v in os.environ.items() if k != "COLUMNS"} | ({"COLUMNS": columns} if columns else {})
        for words in asked:
            said = twinbench(*words, env=env).stdout.partition("\n\nbenchmark [")[0]
            lines = said.splitlines()
            assert len(lines) > 3, (words, said)
            assert not [l for l in lines if len(l) > wide and " " in l.strip()], (columns, words, said)


def the_help_has_the_same_commands_and_flags_on_any_width():
    """They are read from it: by the completion of shells, and for the manual pages."""
    for command in ([], *([c] for c in commands())):
        read = [re.findall(r"^  ?-?[-a-z]\S*", twinbench(*command, "--help", env={**os.environ, "COLUMNS": columns}).stdout, re.M)
                for columns in ("80", "24")]
        assert read[0] == read[1], (command, read)


def on_40_columns_no_line_goes_on_below_itself():
    narrow, told = {**os.environ, "COLUMNS": "40"}, {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    for command in (["list"], ["check", "leaks/range-unclosed"], ["one", "leaks/range-unclosed", "bad"]):
        lines = {}
        for name, env in (("narrow", narrow), ("told", told)):
            said = subprocess.run([PROGRAM, *command], env=env, capture_output=True, text=True, timeout=600)
            lines[name] = [l.rstrip() for l in said.stdout.splitlines()]
        assert max(map(len, lines["told"])) > 40 >= max(map(len, lines["narrow"])), (command, lines["narrow"])
        if command[0] != "one":  # whose figures differ from time to time
            assert " ".join(lines["narrow"]).split() == " ".join(lines["told"]).split(), (command, lines)


def a_family_stands_for_its_tips():
    names = {n for n in twinbench("list", "--names").stdout.split() if n.startswith("defer/")}
    said = twinbench("check", "defer")
    assert len(names) > 3 and names == set(re.findall(r"^\w+ (\S+)", said.stdout, re.M)) - {"passed,"}, said


def where_one_tip_is_wanted_a_family_is_refused():
    assert "defer is a family of tips; name one of them, such as defer/" in complaint("one", "defer", "bad")


def facts_of_a_run(program, folder):
    """Its machine.json, which is there before anything is measured: then the run may end."""
    with subprocess.Popen([program, "bench", "--quick", "--tip", "leaks/range-unclosed"], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        while not list(Path(folder, "results").glob("2*/machine.json")) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=600)[0]
    (facts,) = Path(folder, "results").glob("2*/machine.json")
    assert run.returncode == 130, said
    return facts.read_text()


def the_commit_of_another_repository_is_not_recorded():
    with tempfile.TemporaryDirectory() as folder:
        git = ["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@x"]
        subprocess.run(git + ["init", "-q"], check=True)
        subprocess.run(git + ["commit", "-q", "--allow-empty", "-m", "theirs"], check=True)
        program = Path(folder, "ours/build/twinbench")
        program.parent.mkdir(parents=True)
        program.write_bytes(PROGRAM.read_bytes())
        program.chmod(0o755)
        facts = facts_of_a_run(program, folder)
        version = (ROOT / "VERSION").read_text().strip()
        assert f'"commit": "v{version}"' in facts, facts


sys.exit(tap.run(tap.tests_of(globals())))
