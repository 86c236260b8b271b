#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ab_commits.t - `twinbench ab --git` compares two commits, and the repository is as it was."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import tap
from ab_trial import ENVIRONMENT, HERE, PROGRAM, SCRATCH, ab, found, nothing_is_left, refused

REPO = HERE / "it's a repository"
SUB = REPO / "sub"
GIT_ENVIRONMENT = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t"}


def git(*arguments):
    return subprocess.run(["git", "-c", "init.defaultBranch=main", *arguments], cwd=REPO, check=True, capture_output=True,
                          text=True, env={**os.environ, **GIT_ENVIRONMENT}).stdout


def commit(tag, rows, make):
    SUB.mkdir(parents=True, exist_ok=True)
    (SUB / "rows").write_text(rows)
    (SUB / "Makefile").write_text(f"all:\n\t{make}\n")
    git("add", "-A")
    git("commit", "-qm", tag)
    git("tag", tag)


def a_repository():
    REPO.mkdir()
    git("init", "-q")
    commit("one", "rows 5", "cp rows built")
    commit("two", "rows 6", "cp rows built")
    commit("broken", "rows 7", "echo cannot >&2; false")
    (SUB / "rows").write_text("not committed")


def state():
    """All that a repository is, but for what is in its objects."""
    return git("worktree", "list"), git("status", "--short", "--branch"), git("config", "--list", "--local"), \
        sorted(str(p) for p in REPO.rglob("*"))


def two_commits_are_built_and_run_in_the_folder_that_we_are_in():
    before = state()
    said = ab("--git", "one..two", "--build", "make", "--metric", r"rows: (\d+)", "--export", HERE / "git.json", "--",
              "cat", "built", "Makefile", cwd=SUB)
    assert said.returncode == 0, said.stderr
    rows = found("git.json")["rows"]
    assert (rows["a"], rows["b"], rows["word"]) == (5, 6, "differs"), rows
    pair = json.loads((HERE / "git.json").read_text())["pairs"][0]
    assert pair["a"] == f"{git('rev-parse', '--short', 'one').strip()} (one) 'cat' 'built' 'Makefile'", pair["a"]
    assert "note: what is changed here and not committed is in neither" in said.stderr, said.stderr
    nothing_is_left()
    assert state() == before


def a_repository_without_a_checkout_is_one():
    bare = HERE / "bare.git"
    git("clone", "-q", "--bare", ".", bare)
    said = ab("--git", "one..two", "--metric", r"rows: (\d+)", "--export", HERE / "bare.json", "cat sub/rows", cwd=bare)
    assert said.returncode == 0 and not said.stderr, said.stderr
    assert found("bare.json")["rows"]["b"] == 6, said.stdout


def a_commit_against_itself_is_what_was_committed():
    said = ab("--git", "two..two", "cat sub/rows", "--metric", r"rows: (\d+)", cwd=REPO)
    assert said.returncode == 0 and "Both print the same in every run." in said.stdout, (said.stderr, said.stdout)


def what_cannot_be_built_or_found_gets_a_line_and_nothing_is_left():
    before = state()
    refused(1, "(broken) does not build: 'make' ended with status 2: make: ", "--git", "one..broken", "--build", "make", "true",
            cwd=SUB)
    said = ab("--git", "one..two", "--build", "kill -9 $$", "true", cwd=SUB).stderr
    assert said.endswith("(one) does not build: 'kill -9 $$' ended with signal 9 (Killed)\n"), said
    refused(1, "'yes' printed more than 256 MiB", "--git", "one..two", "--build", "yes", "true", cwd=SUB)
    refused(1, "there is no commit 'nothing'", "--git", "one..nothing", "true", cwd=SUB)
    refused(1, "there is no commit '--help'", "--git", "one..--help", "true", cwd=SUB)
    refused(2, "--git wants two commits as OLD..NEW, not 'one'", "--git", "one", "true", cwd=SUB)
    refused(2, "--git wants two commits as OLD..NEW", "--git", "one...two", "true", cwd=SUB)
    refused(2, "--git wants one command", "--git", "one..two", "true", "true", cwd=SUB)
    refused(2, "--git wants one command", "--git", "one..two", cwd=SUB)
    refused(2, "--build is for --git", "true", "true", "--build", "make")
    refused(1, "(two) ./none' ended with status 127", "--git", "two..two", "--", "./none", cwd=SUB)
    refused(1, "not a git repository", "--git", "one..two", "true", cwd=SCRATCH)
    assert state() == before


def a_folder_that_a_commit_has_not_is_named():
    git("rm", "-rqf", "--cached", "sub")
    git("commit", "-qm", "no sub")
    refused(1, "(HEAD) has no folder sub/", "--git", "one..HEAD", "true", cwd=SUB)
    git("reset", "-q", "--hard", "broken")

def end_with(*signals):
    """Of a build that hangs, and all of its process group, as from a terminal; its exit status."""
    p = subprocess.Popen([PROGRAM, "ab", "--git", "one..two", "--build", "mktemp; touch begun; exec sleep 600", "true"], cwd=SUB,
                         env=ENVIRONMENT, stderr=subprocess.DEVNULL, start_new_session=True)
    while not list(SCRATCH.glob("*/a/sub/begun")):
        assert p.poll() is None, p.returncode
        time.sleep(0.01)
    for s in signals:
        os.killpg(p.pid, s)
    status = p.wait()
    for _ in range(18000):  # after SIGUSR1 another process does it
        if not list(SCRATCH.iterdir()):
            break
        time.sleep(0.01)
    nothing_is_left()
    return status


def nothing_is_left_after_ctrl_c_sigterm_and_any_signal():
    before = state()
    assert end_with(signal.SIGINT) == 130
    assert end_with(signal.SIGTERM) == 130
    assert end_with(signal.SIGINT, signal.SIGINT) in (130, -signal.SIGINT)
    assert end_with(signal.SIGUSR1) == -signal.SIGUSR1
    assert state() == before


BENCHMARKS = """package p

import "testing"

func BenchmarkX(b *testing.B) {{
	b.Run("small-1", func(b *testing.B) {{ b.ReportMetric({}, "rows/op") }})
	b.Run("large", func(b *testing.B) {{ b.ReportMetric(9, "rows/op") }})
	{}
}}

func BenchmarkPairs(b *testing.B) {{
	b.Run("deep", func(b *testing.B) {{
		for _, kind := range []string{{"old", "new", "impl=old", "impl=new", "older", "newer"}} {{
			b.Run(kind, func(b *testing.B) {{ b.ReportMetric(float64(len(kind)), "rows/op") }})
		}}
	}})
}}
"""


def go_benchmarks_of_two_commits_and_pairs_by_pattern():
    if not shutil.which("go"):
        raise tap.Skip("there is no Go")
    (REPO / "p").mkdir()
    (REPO / "p/go.mod").write_text("module p\n\ngo 1.15\n")
    for tag, rows, more in ("before", 5, ""), ("now", 6, 'b.Run("added", func(b *testing.B) {})'):
        (REPO / "p/p_test.go").write_text(BENCHMARKS.format(rows, more))
        git("add", "p")
        git("commit", "-qm", tag, "p")
        git("tag", tag)
    said = ab("--git", "before..now", "--go", "./p", "BenchmarkX", "--benchtime-ms", "1", "--budget", "1h", "--runs", "112", "--export", HERE / "x.json", cwd=REPO)
    assert said.returncode == 0, said.stderr
    pairs = json.loads((HERE / "x.json").read_text())["pairs"]
    assert [p["b"].split(" ", 1)[1] for p in pairs] == ["(now) BenchmarkX/small-1", "(now) BenchmarkX/large"], pairs
    assert [(found("x.json", p)["rows/op"]["a"], found("x.json", p)["rows/op"]["b"]) for p in (0, 1)] == [(5, 6), (9, 9)]
    nothing_is_left()
    said = ab("--go", "p", "BenchmarkPairs", "--benchtime-ms", "1", "--budget", "1h", "--runs", "112", "--export", HERE / "pairs.json", cwd=REPO)
    assert said.returncode == 0, said.stderr
    pairs = json.loads((HERE / "pairs.json").read_text())["pairs"]
    assert [(p["a"], p["b"]) for p in pairs] == [(f"BenchmarkPairs/deep/{kind}old", f"BenchmarkPairs/deep/{kind}new")
                                                 for kind in ("", "impl=")], pairs
    refused(1, "the Go package in ./sub of ", "--git", "before..now", "--go", "./sub", "BenchmarkX", cwd=REPO)
    refused(1, "no two benchmarks below BenchmarkX differ only in /old and /new", "--go", "p", "BenchmarkX", cwd=REPO)
    refused(1, "no benchmark BenchmarkX/added in that package of ", "--git", "now..before", "--go", "p", "BenchmarkX/added", cwd=REPO)


def a_release_of_go_that_is_not_here_is_named():
    refused(1, "--go-releases: GO_RELEASES wants Go 1.2, which is not here", "--go", HERE, "--go-releases", "1.2", "BenchmarkX")
    refused(2, "--go-releases is for --go", "true", "true", "--go-releases", "1.2")
    refused(1, "there is no folder nowhere", "--go", "nowhere", "BenchmarkX")
    refused(2, "--go wants the name of a benchmark behind it", "--go", "nowhere")


def each_release_of_go_has_pairs_of_its_own():
    go = shutil.which("go")
    if not go:
        raise tap.Skip("there is no Go")
    release = subprocess.run([go, "version"], capture_output=True, text=True).stdout.split()[2]
    release = ".".join(release.removeprefix("go").split(".")[:2])
    said = ab("--go", "p", "--go-releases", release, "BenchmarkX/large", "BenchmarkX/small-1", "--benchtime-ms", "1",
              "--export", HERE / "r.json", cwd=REPO)
    assert said.returncode == 0, said.stderr
    pairs = json.loads((HERE / "r.json").read_text())["pairs"]
    assert [p["a"] for p in pairs] == [f"go{release} BenchmarkX/large"], pairs


a_repository()
sys.exit(tap.run([t for t in tap.tests_of(globals()) if t is not a_repository]))
