#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""ab_read.t - `twinbench ab --read` says of other tools' files what they can carry, and no more."""

import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import tap
from ab_trial import HERE, ab, found, refused


def line(name, ns, bytes_each=64):
    return f"Benchmark{name}-8   \t  1000\t  {ns:.1f} ns/op\t  {bytes_each} B/op\t  1 allocs/op\n"


def wobble(i):
    return (i * 37 % 11 - 5) / 5  # of 1 % of 100


def go_file(name, *lines):
    (HERE / name).write_text("goos: linux\npkg: p\nBenchmarkOther-8  3  7 ns/op\n" + "".join(lines) + "PASS\nok \tp\t1.2s\n")


def turns(n, times):
    """n times A, then B."""
    return [line(name, ns + wobble(2 * i + (name == "New")), 64 if name == "Old" else 96)
            for i in range(n) for name, ns in zip(("Old", "New"), times(i))]


def read(*arguments):
    said = ab("--read", *arguments, "--export", "read.json")
    assert said.returncode == 0, said.stderr
    return found("read.json"), said.stdout


def what_came_one_after_the_other_gets_no_word_about_time():
    """However clear it looks: ten of A and then ten of B, 30 % apart."""
    go_file("sequence", *[line("Old", 100 + wobble(i)) for i in range(10)], *[line("New", 130 + wobble(i), 96) for i in range(10)])
    m, said = read("sequence", "BenchmarkOld", "BenchmarkNew")
    assert m["ns/op"]["word"] == "undecided" and "between the medians" in said, said
    assert (m["B/op"]["word"], m["B/op"]["a"], m["B/op"]["b"]) == ("differs", 64, 96) and m["allocs/op"]["word"] == "equal", m
    assert "These runs did not take turns" in said and "Only numbers that never vary are judged." in said, said


def equal_times_are_not_exact():
    go_file("rounded", *[line("Old", 0.3)] * 10, *[line("New", 0.4)] * 10)
    assert read("rounded", "BenchmarkOld", "BenchmarkNew")[0]["ns/op"]["word"] == "undecided"


def one_value_of_each_is_not_exact():
    go_file("single", line("Old", 5), line("New", 6))
    assert {m["word"] for m in read("single", "BenchmarkOld", "BenchmarkNew")[0].values()} == {"undecided"}


def what_took_turns_is_judged_in_blocks():
    go_file("turns", *turns(60, lambda i: (100, 130)))
    m, said = read("turns", "BenchmarkOld", "BenchmarkNew")
    time = m["ns/op"]
    assert time["word"] == "slower" and 1.27 < time["b_against_a"]["lo"] <= time["b_against_a"]["hi"] < 1.33, time
    assert len(time["pair"]) == 12 and "12 blocks out of 120 values that took turns" in said, said
    orders = ["".join("B" if v > 115 else "A" for v in block) for block in time["pair"]]
    assert orders == ["BAAB", "ABBA"] * 6 and all(v < 115 for b in time["control"] for v in b), time


def a_drift_is_no_difference():
    """By 3 % from each turn to the next: B, which is always later, would be slower by that."""
    go_file("drift", *turns(60, lambda i: (100 * 1.03 ** (2 * i), 100 * 1.03 ** (2 * i + 1))))
    time = read("drift", "BenchmarkOld", "BenchmarkNew", "--margin", "2%")[0]["ns/op"]
    assert time["word"] == "same" and abs(time["b_against_a"]["ratio"] - 1) < 0.01, time


def what_differs_from_itself_gets_no_word():
    """A is twice as slow in every second turn of its own, in step with the control's order."""
    go_file("unsteady", *turns(60, lambda i: (100 * (1 + i % 2), 300)))
    m, said = read("unsteady", "BenchmarkOld", "BenchmarkNew")
    assert m["ns/op"]["word"] != "same", said


def too_few_turns_say_how_many_are_needed():
    go_file("few", *turns(10, lambda i: (100, 130)))
    m, said = read("few", "BenchmarkOld", "BenchmarkNew")
    assert m["ns/op"]["word"] == "undecided" and "took turns 10 times; from about 54 times on" in said, said


def numbers_stay_in_their_columns():
    go_file("wide", *[line("Old", 729002.4 + i, 59921) for i in range(3)], *[line("New", 1912729.4 + i, 9134127) for i in range(3)])
    said = read("wide", "BenchmarkOld", "BenchmarkNew")[1].splitlines()
    place = next(l.index("verdict") for l in said if "verdict" in l)
    rows = [l for l in said if l.startswith(("ns/op", "B/op", "allocs/op"))]
    assert len(rows) == 3 and all(l[place - 2:place] == "  " and l[place] != " " for l in rows), rows
    assert "59921 B 9134127 B" in rows[1], rows


def two_files_have_one_name_in_common():
    go_file("before", *[line("X", 100)] * 5)
    go_file("after", *[line("X", 100, 65)] * 5)
    m, said = read("before", "--read", "after", "BenchmarkX")
    assert m["B/op"]["word"] == "differs" and "did not take turns" in said, said


def hyperfine_and_google_benchmark_are_read():
    (HERE / "hyper.json").write_text(json.dumps({"results": [{"command": "./a", "times": [.1, .11, .12]},
                                                             {"command": "./b", "times": [.2, .21, .19]}]}))
    m, said = read("hyper.json", "./a", "./b")
    assert (m["time"]["a"], m["time"]["b"], m["time"]["word"]) == (1.1e8, 2e8, "undecided") and "not take turns" in said, m
    results = [dict(name=n, run_type="iteration", iterations=3, repetition_index=i, real_time=t + i, cpu_time=t, time_unit="us",
                    rows=rows) for i in range(3) for n, t, rows in (("A", 5, 7), ("B", 6, 8))]
    (HERE / "google.json").write_text(json.dumps({"benchmarks": [*results, dict(name="A", run_type="aggregate", rows=1)]}))
    m, said = read("google.json", "A", "B")
    assert list(m) == ["real_time", "cpu_time", "rows"] and (m["real_time"]["a"], m["rows"]["word"]) == (6000, "differs"), m
    assert {m[n]["word"] for n in ("real_time", "cpu_time")} == {"undecided"} and "not take turns" in said, said


def what_is_not_one_benchmark_is_not_taken_for_one():
    go_file("cpus", line("Old", 5), line("Old", 9).replace("Old-8", "Old-2"), line("New", 5))
    refused(1, "cpus holds both BenchmarkOld-8 and BenchmarkOld-2; name one", "--read", "cpus", "BenchmarkOld", "BenchmarkNew")
    assert read("cpus", "BenchmarkOld-2", "BenchmarkNew")[0]["ns/op"]["a"] == 9
    go_file("packages", line("Old", 5), line("New", 5), "pkg: q\n", line("Old", 9))
    refused(1, "packages holds BenchmarkOld-8 of both p and q; keep one", "--read", "packages", "BenchmarkOld", "BenchmarkNew")


def runs_that_failed_are_not_averaged():
    for name, changed, words in (("codes", {"exit_codes": [0, 1]}, "'./a' failed in some run"),
                                 ("killed", {"exit_codes": [0, None]}, "'./a' failed in some run"),
                                 ("null", {"times": [0.1, None]}, "a time of './a' is no number")):
        results = [{"command": c, "times": [0.1, 0.2], "exit_codes": [0, 0]} for c in ("./a", "./b")]
        (HERE / f"{name}.json").write_text(json.dumps({"results": [results[0] | changed, results[1]]}))
        refused(1, words, "--read", f"{name}.json", "./a", "./b")
    results = [dict(name="A", run_type="iteration", real_time=5.0), dict(name="B", run_type="iteration", error_occurred=True,
                                                                        error_message="no data", real_time=0.0)]
    (HERE / "error.json").write_text(json.dumps({"benchmarks": results}))
    refused(1, "'B' failed when it was measured: no data", "--read", "error.json", "A", "B")


def what_cannot_be_read_gets_a_line():
    (HERE / "bad.json").write_text('{"results": [')
    (HERE / "other.json").write_text('{"x": 1}')
    (HERE / "events").write_text('{"Action":"start","Package":"p"}\n{"Action":"output","Output":"x"}\n')
    for words, *arguments in (("events is what `go test -json` prints; leave -json out", "events", "A", "B"),
                              ("killed.json holds no result of 'a', but for instance of './a'", "killed.json", "a", "b"),
                              ("google.json holds no result of 'C', but for instance of 'A'", "google.json", "C", "B"),
                              ("bad.json is no JSON: line 1", "bad.json", "A", "B"),
                              ("other.json is neither hyperfine's JSON nor Google", "other.json", "A", "B"),
                              ("cannot read nowhere: No such file", "nowhere", "A", "B"),
                              ("cannot read .: it is no file", ".", "A", "B"),
                              ("single holds no result of 'BenchmarkNone', but for instance of 'BenchmarkOther-8'", "single", "BenchmarkOld", "BenchmarkNone"),
                              ("single holds no result of 'Benchmark'", "single", "Benchmark", "BenchmarkNew")):
        refused(1, words, "--read", *arguments)
    refused(2, "wants two names", "--read", "single", "BenchmarkOld")
    refused(2, "wants two names, and both are 'BenchmarkOld'", "--read", "single", "BenchmarkOld", "BenchmarkOld")
    for name, text in ("empty", ""), ("prose", "one 2 three\nfour\n"), ("list", "[1, 2]"):
        (HERE / name).write_text(text)
        refused(1, f"{name} is nothing that `go test -bench` printed, nor", "--read", name, "A", "B")
    refused(2, "may be given twice", "--read", "a", "--read", "b", "--read", "c", "X")
    refused(2, "--read runs nothing", "--read", "single", "A", "B", "--out", "o")


sys.exit(tap.run(tap.tests_of(globals())))
