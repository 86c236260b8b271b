#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""install.t - what `make install` brings works where it lies: the report, the manual, completion.

Each function is one test; its name is the sentence that is true when it passes."""

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

B = os.environ.get("B", "build")
os.environ.setdefault("TWIN_BATCH_US", "500")  # no time is judged here
BASH = r"""
source "$1"; shift
compopt() { echo "compopt $*"; }
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_twinbench; printf '%s\n' "${COMPREPLY[@]}"
"""


def run(words, **more):
    said = subprocess.run(words, capture_output=True, text=True, timeout=600, **more)
    assert said.returncode == 0, (words, said.stdout[-500:], said.stderr[-500:])
    return said.stdout


HOME = tempfile.TemporaryDirectory()
DEST = Path(HOME.name, "dest")
PROGRAM = DEST / "usr/bin/twinbench"
SHARE = DEST / "usr/share"


def make(target):
    run(["make", "-C", ROOT, "-s", "--no-print-directory", f"B={B}", target, "PREFIX=/usr", f"DESTDIR={DEST}"])


def commands():
    return [l.split()[0] for l in run([PROGRAM, "--help"]).splitlines() if l.startswith("  ") and l[2].isalpha()]


def it_installs_and_measures_and_draws_from_any_folder():
    make("install")
    run([PROGRAM, "bench", "--quick", "--tip", "leaks/range-unclosed"], cwd=HOME.name)
    report = Path(HOME.name, "results/latest/report.html").read_text()
    assert "chan_close" in report, "the twins' sources are not in the report"


def every_command_has_a_manual_page_that_is_well_formed():
    pages = {p.name for p in (SHARE / "man/man1").iterdir()}
    assert pages == {"twinbench.1", *(f"twinbench-{c}.1" for c in commands())} and len(pages) > 5, pages
    if not shutil.which("man"):
        raise tap.Skip("no man")
    for page in pages:
        said = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", SHARE / "man/man1" / page],
                              capture_output=True, text=True, env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"})
        assert said.returncode == 0 and said.stdout and not said.stderr, (page, said.stderr)


def completed(*words):
    script = SHARE / "bash-completion/completions/twinbench"
    return run(["bash", "-c", BASH, "-", script, PROGRAM, *words]).split()


def bash_completes_commands_flags_and_tips():
    assert completed("ca") == ["calibrate"], completed("ca")
    assert set(commands()) | {"--help", "--version"} == set(completed("")), completed("")
    assert completed("bench", "--q") == ["--quick"], completed("bench", "--q")
    assert completed("one", "leaks/range") == ["leaks/range-unclosed"], completed("one", "leaks/range")
    assert completed("one", "leaks/range-unclosed", "g") == ["good"]
    assert completed("symptom", "me") == ["memory"], completed("symptom", "me")
    assert completed("check", "defer") [-1] == "defer", completed("check", "defer")


def zsh_and_fish_find_no_fault_in_theirs():
    tried = 0
    for shell, script in {"zsh": "zsh/vendor-completions/_twinbench",
                          "fish": "fish/vendor_completions.d/twinbench.fish"}.items():
        if shutil.which(shell):
            run([shell, "-n", SHARE / script])
            tried += 1
    if not tried:
        raise tap.Skip("neither zsh nor fish")


def fish_completes_commands_flags_and_tips():
    if not shutil.which("fish"):
        raise tap.Skip("no fish")
    script = SHARE / "fish/vendor_completions.d/twinbench.fish"
    env = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "HOME": HOME.name}

    def complete(line):
        return [l.split("\t")[0] for l in run(["fish", "-c", f"source {script}; complete -C '{line}'"], env=env).splitlines()]
    assert set(commands()) <= set(complete("twinbench ")), complete("twinbench ")
    assert complete("twinbench bench --q") == ["--quick"], complete("twinbench bench --q")
    assert complete("twinbench one leaks/range") == ["leaks/range-unclosed"], complete("twinbench one leaks/range")


def the_library_and_its_headers_are_there_too():
    assert (DEST / "usr/include/twinbench/task.h").exists()
    for name in ("libtwinbench-runtime.a", "libtwinbench-runtime.so", "pkgconfig/twinbench-runtime.pc"):
        assert (DEST / "usr/lib" / name).exists(), name
    assert "prefix=/usr\n" in (DEST / "usr/lib/pkgconfig/twinbench-runtime.pc").read_text()


def it_leaves_nothing_behind():
    make("uninstall")
    left = [p for p in DEST.rglob("*") if not p.is_dir()]
    assert not left, left


sys.exit(tap.run(tap.tests_of(globals())))
