#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""damaged.t - a run of which a file is damaged is reported and compared, or refused in a line.

Each file of tests/fixtures/old-run is damaged in each way, one at a time.  Who reads it says a
sentence about it or needs it not, and never shows a traceback; a status of 0 means that there is
a result.

Each function is one test; its name is the sentence that is true when it passes."""

import contextlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "plots"), str(ROOT / "bench/python"), str(ROOT / "tests/lib")]

import stored
import tap
from run import Run

PROGRAM = ROOT / os.environ.get("B", "build") / "twinbench"
OLD = ROOT / "tests/fixtures/old-run"
TIP = "channels/timer-per-iteration"
FILES = sorted(p.name for p in OLD.iterdir())
WAYS = {
    "emptied": lambda b: b"",
    "cut in the middle": lambda b: b[:len(b) // 2],
    "cut in its first line": lambda b: b[:7],
    "four NUL bytes in it": lambda b: b[:len(b) // 2] + b"\0\0\0\0" + b[len(b) // 2 + 4:],
    "NUL bytes behind it": lambda b: b + bytes(4096),
    "random bytes": lambda b: random.Random(1).randbytes(20000),
    "a line of ten megabytes in it": lambda b: b + b"x" * (10 << 20) + b"\n" + b[b.find(b"\n") + 1:],
    "something else in it": lambda b: b"[1, 2]\n",
    "another's table": lambda b: b"date,open,close\n2026-01-01,1,2\n",
}
PLACED = {"missing": lambda path: None, "a pipe in its place": os.mkfifo, "a folder in its place": os.mkdir}


def damaged(name, way):
    run = Path(tempfile.mkdtemp(dir=TEMPORARY)) / "run"
    shutil.copytree(OLD, run)
    if way in WAYS:
        (run / name).write_bytes(WAYS[way]((run / name).read_bytes()))
    else:
        (run / name).unlink()
        PLACED[way](run / name)
    return run


def twinbench(*args):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, errors="replace")


def complaints(text, what):
    """The lines of trouble in it; there is nothing else on stderr."""
    lines = text.splitlines()
    assert "Traceback" not in text and all(line.startswith("twinbench: ") for line in lines), f"{what}: {text}"
    assert all(len(line) < 400 for line in lines), f"{what}: {text}"
    return lines


def compare_says_what_it_cannot_read():
    told = 0
    for name in ("verdicts.csv", "machine.json", "words.json"):
        for way in [*WAYS, *PLACED]:
            run, what = damaged(name, way), f"{name}, {way}"
            said = twinbench("compare", "--no-chart", run, OLD)
            lines = complaints(said.stderr, what)
            assert said.returncode in (0, 1), f"{what}: {said}"
            assert name in said.stderr if said.returncode else "verdicts that changed" in said.stdout, f"{what}: {said}"
            assert len(lines) <= 1, f"{what}: {said.stderr}"
            told += len(lines)
    assert told >= 2 * len(WAYS)


def plots_read_what_is_whole_and_say_what_is_not():
    told = 0
    for name in FILES:
        for way in [*WAYS, *PLACED]:
            run, what, err = damaged(name, way), f"{name}, {way}", io.StringIO()
            with contextlib.redirect_stderr(err):
                try:
                    found = Run(run, OLD / "words.json")
                    assert found.tips and found.source is not None, what
                except stored.Trouble as e:
                    print(f"twinbench: {e}", file=sys.stderr)
            lines = complaints(err.getvalue(), what)
            assert len(lines) <= 1 and all(name in line or "no samples.csv" in line for line in lines), f"{what}: {lines}"
            told += len(lines)
            shutil.rmtree(run)
    assert told >= len(WAYS)


def the_report_is_made_or_its_lack_is_said():
    for name, way in (("samples.csv", "emptied"), ("samples.csv", "four NUL bytes in it"), ("machine.json", "cut in the middle"),
                      ("verdicts.csv", "random bytes"), ("verdicts.csv", "four NUL bytes in it"),
                      ("samples.csv", "a pipe in its place"), ("verdicts.csv", "a folder in its place")):
        run, what = damaged(name, way), f"{name}, {way}"
        (run / "report.html").unlink(missing_ok=True)
        said = twinbench("report", run)
        lines = complaints(said.stderr, what)
        assert lines and any(name in line for line in lines), f"{what}: {said}"
        assert said.returncode == (0 if (run / "report.html").exists() else 1), f"{what}: {said}"


def a_damaged_time_is_named_and_drawn_by_nobody():
    header, *lines = (OLD / "samples.csv").read_text().splitlines()
    columns = header.split(",")
    wall = columns.index("wall_ns")
    timed = [i for i, line in enumerate(lines) if line.startswith(TIP) and ",c,time,OK," in line][:4]
    for i, value in zip(timed, ("0", "nan", "inf", "-3")):
        fields = lines[i].split(",")
        lines[i] = ",".join(fields[:wall] + [value] + fields[wall + 1:])
    run = damaged("samples.csv", "emptied")
    (run / "samples.csv").write_text("\n".join([header, *lines, ""]))
    said = twinbench("report", run)
    assert said.returncode == 0, said
    assert f"samples.csv are not rows: lines {', '.join(str(i + 2) for i in timed)}; they are left out" in said.stderr, said
    found = Run(run, OLD / "words.json")
    whole = Run(OLD, OLD / "words.json")
    assert len(found.tips[0].timed("c")) == len(whole.tips[0].timed("c")) - 4


def both_readers_leave_out_the_same_lines():
    """The rules stand in C and in Python: whatever the damage, they count the same rows."""
    for way in WAYS:
        if not WAYS[way]:
            continue
        run = damaged("samples.csv", way)
        c = re.findall(r"line.*", twinbench("report", run, "--format", "gobench").stderr)
        err = io.StringIO()
        with contextlib.redirect_stderr(err), contextlib.suppress(stored.Trouble):
            Run(run, OLD / "words.json")
        assert c == re.findall(r"line.*", err.getvalue()) or "not its header" in str(c), f"{way}: {c} {err.getvalue()}"


ODD = ("", " 5", "5 ", "5\t", "+5", "-5", "5.", ".5", "1e3", "1e999", "1e-400", "1_0", "0x10", "0x1p3", "nan", "inf", "-inf", "infinity", "٣", "\x85" "5", "-",
       "9223372036854775807", "9223372036854775808", "18446744073709551616", "-9223372036854775809", "bad", "BAD", "null", "go", "go1.24", "go1.2x",
       "go 1.24", "go-1.24", "go1.", "c", "C", "STUCK", "count",
       "0" * 62 + "5", "0" * 63 + "5", "5" * 5000, "x" * 63, "x" * 64)


def both_readers_take_the_same_fields():
    """Each odd field stands in a line of its own, in a column of each kind; what is left out is counted and the first are named."""
    header, line = (OLD / "samples.csv").read_text().splitlines()[:2]
    columns, fields = header.split(","), line.split(",")
    words = Path(TEMPORARY) / "words.json"
    words.write_text(twinbench("list", "--json").stdout)
    told = set()
    for name in ("tip", "twin", "lang", "kind", "outcome", "ops", "answer", "held_bytes", "rss_bytes"):
        at = columns.index(name)
        for part in (ODD[:len(ODD) // 2], ODD[len(ODD) // 2:]):
            run = damaged("samples.csv", "emptied")
            (run / "samples.csv").write_text("\n".join([header, line, *(",".join(fields[:at] + [x] + fields[at + 1:]) for x in part), ""]), newline="\n")
            err = io.StringIO()
            with contextlib.redirect_stderr(err):
                Run(run, words)
            c = re.findall(r"\d+ lines?.*", twinbench("report", run, "--format", "gobench").stderr)
            assert c == re.findall(r"\d+ lines?.*", err.getvalue()) and c, f"{name}: {c} {err.getvalue()}"
            told |= {re.sub(r"of .* are", "are", c[0])}
    assert len(told) > 2, told


def what_holds_no_timed_process_is_no_benchmark():
    run = damaged("samples.csv", "cut in its first line")
    said = twinbench("report", run, "--format", "gobench")
    assert said.returncode == 1 and not said.stdout and "no timed process" in said.stderr, said


def words_with_a_comma_are_read_and_a_quote_that_is_not_closed_costs_its_line():
    path = Path(TEMPORARY) / "quoted.csv"
    path.write_text('n,note,last\n1,"a, b",c; d\n2,"a\n3,"a, b"c,d\n3,"a""b",c\n4,"","a,"\n')
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        found = stored.rows(path)
    assert [tuple(row.values()) for row in found] == [("1", "a, b", "c; d"), ("4", "", "a,")], found
    assert "lines 3, 4, 5;" in err.getvalue(), err.getvalue()


def a_lab_says_what_is_wrong_with_its_run_or_its_points():
    results = Path(tempfile.mkdtemp(dir=TEMPORARY))
    (results / "points.json").write_text('{"leaks/abandoned-sender": 90, "leaks/y": "many"')
    (results / "latest").symlink_to(damaged("samples.csv", "emptied"))
    lines = f"import sys; sys.path.insert(0, 'notebooks'); import lab; lab.tell = print; lab.progress('leaks/abandoned-sender')\n" \
            f"try: lab.show({TIP!r})\nexcept lab.NotYet as e: print('lab:', e)"
    said = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, cwd=ROOT,
                          env={**os.environ, "LAB_RESULTS": str(results)})
    if "No module named 'IPython'" in said.stderr:
        raise tap.Skip("apt-get install python3-ipykernel")
    assert said.returncode == 0 and "done 0 of 1." in said.stdout and "not graded yet" in said.stdout, said
    assert "lab: " in said.stdout and "samples.csv: line 1 is not its header" in said.stdout, said
    assert len(complaints(said.stderr, "lab")) == 1 and "points.json cannot be read" in said.stderr, said


def one_draws_in_a_folder_at_a_time_and_clears_away_what_one_that_was_killed_left():
    folder = Path(tempfile.mkdtemp(dir=TEMPORARY))
    left = folder / ".charts/deeper"
    left.mkdir(parents=True)
    holder = "import fcntl, os, sys, time; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX); print(flush=True); time.sleep(300)"
    drawer = "import sys; sys.path[:0] = ['plots', 'bench/python']; import chart, pathlib; chart.draw_all([], pathlib.Path(sys.argv[1]))"
    with subprocess.Popen([sys.executable, "-c", holder, folder], stdout=subprocess.PIPE) as drawing:
        drawing.stdout.readline()
        with subprocess.Popen([sys.executable, "-c", drawer, folder], cwd=ROOT) as other:
            with contextlib.suppress(subprocess.TimeoutExpired):
                other.wait(2)
            assert other.poll() is None and left.exists(), "it did not wait"
            drawing.kill()
            assert other.wait(600) == 0
    assert [p.name for p in folder.iterdir()] == ["charts"]


TESTS = [compare_says_what_it_cannot_read, plots_read_what_is_whole_and_say_what_is_not, the_report_is_made_or_its_lack_is_said,
         a_damaged_time_is_named_and_drawn_by_nobody, both_readers_leave_out_the_same_lines, both_readers_take_the_same_fields,
         what_holds_no_timed_process_is_no_benchmark, words_with_a_comma_are_read_and_a_quote_that_is_not_closed_costs_its_line,
         a_lab_says_what_is_wrong_with_its_run_or_its_points,
         one_draws_in_a_folder_at_a_time_and_clears_away_what_one_that_was_killed_left]

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TEMPORARY = Path(folder)
        sys.exit(tap.run(TESTS))
