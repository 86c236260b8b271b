#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ab.t - `twinbench ab` tells what it was shown, fails on what it is given, and leaves nothing.

Only what is exact is tested by its value: no test here depends on a clock.  Each function is one
test; its name is the sentence that is true when it passes."""

import json
import os
import pty
import shutil
import sys
import time
import xml.etree.ElementTree as xml
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import tap
import typed
from ab_trial import ENVIRONMENT, HERE, PROGRAM, ab, found, nothing_is_left, refused


def command_line(path):
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def a_number_that_never_varies_is_exact_and_the_ratio_too():
    said = ab("echo rows: 500", "echo rows: 600", "--metric", r"rows: rows: (\d+)", "--export", "a.json")
    assert said.returncode == 0, said.stderr
    rows = found("a.json")["rows"]
    assert (rows["a"], rows["b"], rows["exact"], rows["word"]) == (500, 600, True, "differs"), rows
    assert "+20.0 % in every run" in said.stdout, said.stdout
    assert all(value == 600 for block, order in zip(rows["pair"], "BAAB ABBA".split() * 99)
               for value, side in zip(block, order) if side == "B"), rows["pair"]
    assert {v for block in rows["control"] for v in block} == {500}, rows["control"]


def a_peak_that_may_be_less_gets_no_word_of_being_the_same():
    said = ab("true", "true", "--export", "peak.json")
    assert found("peak.json")["peak memory"]["word"] == "undecided", said.stdout
    assert "both or less: twinbench itself uses as much" in said.stdout, said.stdout


def what_both_print_alike_is_said_to_be_alike():
    assert "Both print the same in every run." in ab("echo 1", "echo 1").stdout
    assert "A and B print different things" in ab("echo 1", "echo 2").stdout
    assert "What B prints changes from run to run." in ab("echo 1", "echo 1 $$").stdout


def no_line_is_wider_than_it_may_be():
    for columns, wide in (("", 80), ("40", 40)):
        said = ab("echo 'rows: 500'", "echo 'rows: 600'; true", "--metric", r"a name so long that it has a line: rows: (\d+)", COLUMNS=columns)
        lines = said.stdout.splitlines()
        assert said.returncode == 0 and len(lines) > 8 and max(map(len, lines)) <= wide, said
        assert "+20.0 % in every run" in " ".join(said.stdout.split()), said.stdout


def a_large_difference_in_processor_work_is_found_and_named():
    spin = "i=0; while [ $i -lt {} ]; do i=$((i+1)); done"
    said = ab(spin.format(100), spin.format(5000), "--export", "spin.json", "--fail-on", "slower", "--export", "spin.xml")
    took = found("spin.json")["processor time"]
    if took["word"] == "undecided":  # a machine too busy to tell says so, and does not say another thing
        assert took["a_against_a"]["relation"] != "same" or took["b_against_a"]["relation"] == "unsure", took
        return
    assert took["word"] == "slower" and took["b_against_a"]["lo"] > 1.05, took
    assert said.returncode == 4 and "--fail-on slower" in said.stderr, (said.returncode, said.stderr)
    suite = xml.parse(HERE / "spin.xml").getroot()
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) > 0


def a_pair_without_a_difference_gets_no_word_of_one():
    said = ab("sleep 0.001", "sleep 0.001", "--export", "same.json")
    assert said.returncode == 0, said.stderr
    words = {m["word"] for m in found("same.json").values()}
    assert words <= {"same", "equal", "undecided"}, words


def a_summary_for_a_comment_has_a_line_for_each_measure():
    ab("echo '1|2'", "echo '1|2'", "--export", "a.md")
    lines = (HERE / "a.md").read_text().splitlines()
    assert len([l for l in lines if l.startswith("| ") and "**" in l]) == 4, lines
    assert r"echo '1\|2'" in lines[0], lines[0]


def its_input_and_what_comes_before_each_run():
    (HERE / "words").write_text("17\n")
    said = ab("cat; cat n", "cat; cat n", "--stdin", "words", "--prepare", "echo 4 >> n", "--metric", r"first: ^(\d+)",
              "--metric", r"last: (\d+)\s*\Z")
    assert said.returncode == 0, said.stderr
    assert "changes from run to run" in said.stdout, said.stdout
    assert len((HERE / "n").read_text().split()) >= 98, "it ran before each run"
    assert any(l.startswith("first ") and " 17 " in l for l in said.stdout.splitlines()), said.stdout


def without_a_shell_quotes_hold_words_together():
    said = ab("printf %s. 'a b' c", "printf %s. 'a b' c", "--shell", "none", "--metric", r"n: \.(\d*)", )
    assert said.returncode == 1 and "--metric n" in said.stderr and "a b.c." in said.stderr, said.stderr
    refused(1, "cannot be run without a shell", "true | true", "true", "--shell", "none")


def a_command_that_is_not_there_is_named():
    refused(1, "'no-such-thing' cannot be run: No such file", "no-such-thing", "true", "--shell", "none")
    refused(1, "'no-such-thing' ended with status 127", "true", "no-such-thing")


def a_command_that_fails_is_shown_and_nothing_is_averaged():
    said = ab("true", "echo before; echo why >&2; exit 3")
    assert said.returncode == 1 and "ended with status 3: why" in said.stderr and not said.stdout, (said.stderr, said.stdout)
    refused(1, "ended with signal 11", "true", "kill -SEGV $$")
    refused(1, "'exit 5' ended with status 5", "true", "true", "--prepare", "exit 5")


def a_command_that_fails_later_ends_it_too():
    refused(1, "ended with status 9", "echo x >> runs; [ $(wc -l < runs) -lt 20 ] || exit 9", "true")


def a_command_that_hangs_is_ended_with_all_that_it_started():
    own = f"987.{os.getpid()}"  # seconds that no other test sleeps
    refused(1, "did not end within 1 s", "true", f"sleep {own} & sleep {own}", "--budget", "1s")
    for _ in range(18000):  # what is killed ends when it gets a processor
        left = [p.parent.name for p in Path("/proc").glob("[0-9]*/cmdline") if command_line(p) == f"sleep\0{own}\0".encode()]
        if not left:
            break
        time.sleep(0.01)
    assert not left, left


def a_budget_that_is_too_small_says_what_would_do():
    refused(2, "ask for that with --budget", "sleep 0.05", "sleep 0.05", "--budget", "1s")
    refused(2, "14 blocks of 8 runs are needed; ask for that with --runs 112", "echo 1", "echo 1",
            *(word for n in range(8) for word in ("--metric", f"m{n}: 1")))


def a_metric_that_never_matches_is_named_with_what_was_printed():
    refused(1, "--metric rows: nothing that 'echo nothing' printed matches", "echo rows 1", "echo nothing",
            "--metric", r"rows: rows (\d+)")
    refused(1, "--metric rows: 'true' printed nothing", "true", "true", "--metric", r"rows: rows (\d+)")
    refused(1, "--metric n: 'echo 5 >&2' printed to its standard error alone, which is not searched; 2>&1", "echo 5", "echo 5 >&2",
            "--metric", r"n: (\d+)")
    refused(1, "its last line: none", "echo 5", "echo none; echo 5 >&2", "--metric", r"n: (\d+)")


def what_cannot_be_meant_is_refused_before_anything_runs():
    for flag, value, words in (("--metric", "rows", "wants 'NAME: PATTERN'"), ("--metric", "r: (", "parenthesis"),
                               ("--budget", "soon", "not 'soon'"), ("--margin", "0", "not '0'"),
                               ("--fail-on", "slow", "not 'slow'"), ("--fail-on", "slower," * 40 + "slow", "not 'slow'"), ("--export", "a.txt", "not 'a.txt'"),
                               ("--stdin", "nowhere", "No such file")):
        refused(2, words, "touch ran", "touch ran", flag, value)
    refused(2, "an argument is missing", "true")
    refused(2, "A is empty", " ", "true")
    refused(2, "B is empty", "true", "")
    for flag in "--out", "--go", "--stdin", "--read", "--metric", "--shell", "--resume", "--budget":
        refused(2, f"{flag} wants a value, and was given an empty one", *["true", "true"] * (flag != "--resume"), flag, "")
    assert not (HERE / "ran").exists()


def what_would_be_ignored_is_refused():
    for words, *arguments in (("--read runs nothing, so it goes with no --metric", "--read", "x", "A", "B", "--metric", "a: b"),
                              ("--read runs nothing, so it goes with no --budget", "--read", "x", "A", "B", "--budget", "5s"),
                              ("--read runs nothing, so it goes with no --shell", "--read", "x", "A", "B", "--shell", "sh"),
                              ("--stdin is for commands", "--go", ".", "A", "B", "--stdin", "/dev/null"),
                              ("--shell is for commands", "--gbench", "x", "A", "B", "--shell", "none"),
                              ("--benchtime-ms is for --go and --gbench", "true", "true", "--benchtime-ms", "5"),
                              ("there is a measure of that name already", "true", "true", "--metric", "time: x"),
                              ("there is a measure of that name already", "true", "true", "--metric", "a: x", "--metric", "a: y"),
                              ("wants 'NAME: PATTERN'", "true", "true", "--metric", "rows: ")):
        refused(2, words, *arguments)


def an_input_that_only_one_run_could_read_is_refused():
    os.mkfifo(HERE / "pipe")
    refused(2, "--stdin pipe: it is no file", "cat", "cat", "--stdin", "pipe")
    refused(2, "--stdin .: it is a folder", "cat", "cat", "--stdin", ".")
    assert "Both print the same" in ab("cat", "cat", "--stdin", "/dev/null").stdout


def a_line_of_trouble_is_one_line_whatever_is_in_it():
    refused(1, "'printf 'a\\tb\\033\\n' >&2  exit 3' ended with status 3: a b", "true", "printf 'a\\tb\\033\\n' >&2\n\nexit 3")
    cut = "exit 3 # " + "\u00e9" * 60  # behind 60 bytes of it, in the middle of a letter
    refused(1, "\u00e9?' ended with status 3", cut, "true")
    refused(1, "ended with status 3", b"exit 3 # \xff", "true")


def what_it_says_has_no_line_of_the_commands_own():
    said = ab("echo 'rows:\n5'", "echo 'rows:\n5' # \x1b[1m", "--export", "n.json", "--export", "n.md")
    assert said.returncode == 0 and "A: echo 'rows: 5'\nB: echo 'rows: 5' #  [1m\n" in said.stdout, said
    assert found("n.json") and len([l for l in (HERE / "n.md").read_text().splitlines() if l.startswith("|")]) == 6
    assert ab(b"echo \xff", "echo 1", "--export", "f.json").returncode == 0 and found("f.json")["time"]


def a_number_is_all_of_the_group():
    refused(1, "--metric rows: nothing that", "echo rows 1,234", "echo rows 1,234", "--metric", r"rows: rows (\S+)")
    refused(1, "--metric took: nothing that", "echo 12ms", "echo 12ms", "--metric", r"took: (.*)")
    refused(1, "--metric big: nothing that", "echo 1e999", "echo 1e999", "--metric", r"big: (.*)")
    said = ab("echo -5 1e300 0 77", "echo -5 1e300 0 77", "--metric", r"minus: ^(\S+)", "--metric", r"big: (1\S+)",
              "--metric", r"none:  (0) ", "--metric", r"part: 7", "--export", "numbers.json", "--runs", "112")
    assert said.returncode == 0, said.stderr
    assert [found("numbers.json")[n]["a"] for n in ("minus", "big", "none", "part")] == [-5, 1e300, 0, 7], said.stdout


def what_prints_without_end_is_ended():
    refused(1, "printed more than 256 MiB, which are kept in memory; have it write to /dev/null", "true", "yes")
    refused(1, "printed more than 256 MiB", "true", "head -c 300M /dev/zero >&2")


def a_shell_that_is_not_there_is_named():
    refused(1, "'true' cannot be run by the shell no-such-sh: No such file", "true", "true", "--shell", "no-such-sh")


def nobody_is_asked_on_the_terminal():
    """It would be stopped for that, and nothing would end."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(HERE)
        os.execve("/bin/sh", ["sh", "-c", f"'{PROGRAM}' ab true 'read answer < /dev/tty' --runs 96; echo status $?"], ENVIRONMENT)
    shown = typed.read_to_the_end(terminal)
    os.close(terminal)
    os.waitpid(pid, 0)
    assert b"ended with status" in shown and b"/dev/tty" in shown and b"status 1\r\n" in shown, shown


def a_panic_is_told_by_its_first_line():
    words = "panic: no rows\n\ngoroutine 1 [running]:\nmain.main()\n\t/tmp/x.go:3 +0x1d"
    refused(1, "ended with status 2: panic: no rows", "true", f"echo '{words}' >&2; exit 2")
    refused(1, "ended with status 1: --- FAIL: BenchmarkX     x_test.go:5: no rows", "true",
            "printf '%s\\n' 'goos: linux' '--- FAIL: BenchmarkX' '    x_test.go:5: no rows' FAIL; exit 1")


# Answers as Google Benchmark does, for a filter that is one name or one name with all below it.
GOOGLE = """#!/usr/bin/python3
import json, re, sys
wanted = re.compile(next(a.split("=", 1)[1] for a in sys.argv if a.startswith("--benchmark_filter=")))
all = [dict(name=n, run_type="iteration", iterations=10, real_time=t + .5, cpu_time=30.0, time_unit="us", rows=r)
       for n, t, r in (("BM_Old/64", 30, 5), ("BM_New/64", 60, 6), ("BM_Sort/old/8", 1, 7), ("BM_Sort/new/8", 1, 8),
                       ("BM_Sort/old/9", 1, 7), ("BM_Sort/new/9", 2, 7), ("BM_Sort/new/10", 2, 7))]
all.append(dict(name="BM_Many", run_type="iteration", **{f"at:{n}": n for n in range(13)}))
all.append(dict(name="BM_Context", run_type="iteration", size=7))
all.append(dict(name="BM_Empty", run_type="iteration"))
all.append(dict(name="BM_Odd", run_type="iteration", error_occurred=True, error_message="no data"))
json.dump({"context": {"caches": [{"size": 49152}]}, "benchmarks": [b for b in all if wanted.search(b["name"])]}, sys.stdout, indent=1)
"""


def a_google_benchmark_is_read_with_its_unit_and_its_counters():
    program = HERE / "it's a benchmark"
    program.write_text(GOOGLE)
    program.chmod(0o755)
    said = ab("--gbench", program, "BM_Old", "BM_New", "--export", "google.json")
    assert said.returncode == 0, said.stderr
    all = found("google.json")
    assert [(m["a"], m["b"], m["word"]) for m in all.values()] == [
        (30500, 60500, "differs"), (30000, 30000, "equal"), (5, 6, "differs")], all
    assert list(all) == ["real_time", "cpu_time", "rows"] and all["real_time"]["unit"] == "ns", all
    refused(1, "there is no benchmark BM_None in ", "--gbench", program, "BM_None", "BM_New/64")
    refused(1, "BM_Odd of ", "--gbench", program, "BM_Old", "BM_Odd")
    refused(1, "no benchmark below BM_Old has the same name as one below BM_Sort", "--gbench", program, "BM_Old", "BM_Sort")
    refused(1, "ended with status 126", "--gbench", HERE, "BM_Old", "BM_Odd")
    assert ab("--gbench", program, "BM_Context", "BM_Context", "--export", "context.json").returncode == 0
    assert found("context.json")["size"]["a"] == 7, "it took the size of a cache"
    refused(1, "BM_Empty reports no number", "--gbench", program, "BM_Empty", "BM_Empty")
    assert "What more it reports is left out: a pair has room for 12 measures." in \
        ab("--gbench", program, "BM_Many", "BM_Many", "--export", "many.json", "--runs", "200").stdout
    assert list(found("many.json")) == [f"at:{n}" for n in range(12)] and found("many.json")["at:7"]["a"] == 7
    refused(1, "echo printed something else than Google Benchmark's JSON: line 1: ", "--gbench", "echo", "BM_Old", "BM_New")


def what_is_no_google_benchmark_is_said_to_be_none():
    for text, line in (("echo '[]'", "line 1: no list of benchmarks"), ("echo '{'", "line 2: "), (":", "there is no benchmark A in ")):
        program = HERE / "other"
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)
        refused(1, line, "--gbench", "./other", "A", "B")


def a_benchmark_that_hangs_has_the_time_of_the_budget():
    program = HERE / "hangs"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    refused(1, "'BM_A' did not end within 1 s, which --budget leaves it", "--gbench", "./hangs", "BM_A", "BM_B", "--budget", "1s")


def all_pairs_of_old_and_new_below_a_benchmark_are_judged_each():
    said = ab("--gbench", "./it's a benchmark", "BM_Sort", "--export", "sort.json", "--export", "sort.md", "--export", "sort.xml",
              "--fail-on", "differs")
    assert said.returncode == 4, (said.returncode, said.stderr)
    pairs = json.loads((HERE / "sort.json").read_text())["pairs"]
    assert [(p["a"], p["b"]) for p in pairs] == [(f"BM_Sort/old/{n}", f"BM_Sort/new/{n}") for n in (8, 9)], pairs
    assert [found("sort.json", p)["rows"]["word"] for p in (0, 1)] == ["differs", "equal"], said.stdout
    assert (HERE / "sort.md").read_text().count("**differs**") == 2, "rows of one, real_time of the other"
    assert xml.parse(HERE / "sort.xml").getroot().get("failures") == "2"
    assert "no word about any of the pairs is false" in said.stdout, said.stdout


GO_TEST = """package p

import (
	"os"
	"testing"
)

var sink []byte

func BenchmarkOld(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		sink = make([]byte, 64)
	}
	b.ReportMetric(5, "rows/op")
	b.ReportMetric(3, "p99:a-very-long-name-of-what-is-counted/op")
}

func BenchmarkNew(b *testing.B) {
	b.Run("it's", func(b *testing.B) {
		b.ReportMetric(6, "rows/op")
		b.ReportMetric(4, "p99:a-very-long-name-of-what-is-counted/op")
	})
	b.Run("two", func(b *testing.B) {})
}

func BenchmarkPanic(b *testing.B) { panic("no rows") }
func BenchmarkFail(b *testing.B)  { b.Fatal("no columns") }
func BenchmarkSkip(b *testing.B)  { b.Skip("not here") }
func BenchmarkPrints(b *testing.B) { os.Stdout.WriteString("rows\\n") }
func BenchmarkExit(b *testing.B) { os.Exit(3) }
"""


def benchmarks_of_a_go_package_are_read_with_their_metrics():
    if not shutil.which("go"):
        raise tap.Skip("there is no Go")
    package = HERE / "p"
    package.mkdir()
    (package / "go.mod").write_text("module p\n\ngo 1.15\n")
    (package / "p_test.go").write_text(GO_TEST)
    said = ab("--go", package, "BenchmarkOld", "BenchmarkNew/it's", "--benchtime-ms", "1",
              "--export", "go.json")
    assert said.returncode == 0, said.stderr
    all = found("go.json")
    assert [(all[n]["a"], all[n]["b"]) for n in ("rows/op", "B/op", "allocs/op")] == [(5, 6), (64, 0), (1, 0)], all
    assert all["ns/op"]["unit"] == "ns" and list(all)[0] == "ns/op", all
    long = all["p99:a-very-long-name-of-what-is-counted/op"]
    assert (long["a"], long["b"], long["word"]) == (3, 4, "differs") and "-counted/op\n  " in said.stdout, said.stdout
    refused(1, "BenchmarkPanic ended with status 2: panic: no rows", "--go", package, "BenchmarkPanic", "BenchmarkOld")
    refused(1, "--- FAIL: BenchmarkFail     p_test.go:", "--go", package, "BenchmarkFail", "BenchmarkOld")
    refused(1, "there is no benchmark BenchmarkSkip in that package, or it skips itself", "--go", package, "BenchmarkSkip", "BenchmarkOld")
    refused(1, "'BenchmarkPrints' reported no ns/op that is a number, or printed something of its own into that line; its last one: PASS",
            "--go", package, "BenchmarkPrints", "BenchmarkOld", "--benchtime-ms", "1")
    said = ab("--go", package, "BenchmarkExit", "BenchmarkOld")
    assert said.stderr == "twinbench: ab: BenchmarkExit ended with status 3\n", said.stderr
    refused(1, "there is no folder p/p_test.go", "--go", "p/p_test.go", "BenchmarkOld", "BenchmarkNew")
    refused(1, "name one of each, such as BenchmarkOld and BenchmarkNew/it's", "--go", package, "BenchmarkOld", "BenchmarkNew")
    refused(1, "there is no benchmark BenchmarkNone", "--go", package, "BenchmarkNone", "BenchmarkOld")
    (package / "p_test.go").write_text("package p\n\nvar x int = nothing\n")
    refused(1, "does not build: ./p_test.go:3:", "--go", package, "BenchmarkOld", "BenchmarkNew/it's")


def a_module_that_is_not_here_is_named():
    if not shutil.which("go"):
        raise tap.Skip("there is no Go")
    package = HERE / "missing"
    package.mkdir()
    (package / "go.mod").write_text("module p\n\ngo 1.17\n\nrequire example.com/none v1.0.0\n")
    (package / "p_test.go").write_text('package p\n\nimport _ "example.com/none"\n')
    offline = {"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GONOSUMDB": "*"}
    ENVIRONMENT.update(offline)
    refused(1, "does not build: p_test.go:3:8: ", "--go", package, "BenchmarkOld", "BenchmarkNew")
    for name in offline:
        del ENVIRONMENT[name]


def nothing_that_was_built_is_left():
    nothing_is_left()


def a_file_that_cannot_be_written_is_a_failure_and_the_answer_is_there():
    refused(2, "--export nowhere/a.json: its folder: No such file", "true", "true", "--export", "nowhere/a.json")
    (HERE / "folder.json").mkdir()
    refused(2, "--export folder.json: it is there already, and is no file", "true", "true", "--export", "folder.json")
    (HERE / "gone").mkdir()
    said = ab("true", "rm -rf gone", "--export", "gone/a.json")
    assert said.returncode == 1 and "B against A" in said.stdout, said
    assert said.stderr == "twinbench: cannot write gone/a.json: No such file or directory\n", said.stderr


sys.exit(tap.run(tap.tests_of(globals())))
