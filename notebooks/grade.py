# SPDX-License-Identifier: MIT
"""grade.py - a student's file, built behind a fence and set beside the good twin.

    make grade TIP=leaks/range-unclosed SRC=file.c [JSON=out.json]
    make grade-all DIR=folder            folder/<student>/<family>-<tip>.c

The file is compiled as a third twin, inside the sandbox (sandbox.py); its object is looked at
(vet.py); it is linked into a program that has this one tip and no good twin.  The good twin goes
the same way, with the same flags and into the same place, so that the two programs differ in
the twin alone.  Which points there are is decided by `twinbench grade` (bench/grade/grade.c), which
says it in a line a gate; what is done here is building, adding up and writing down.

One limit is absolute: the compiler's.  All others are multiples of what the good twin takes."""

import argparse
import csv
import functools
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True
import sandbox
import vet

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / os.environ.get("B", "build")
GRACE_MS = os.environ.get("GRADE_GRACE", "5000")
PASS_MARK = 60
LARGEST = 64 << 10  # a twin has 40 lines
GATES = {"builds": 0, "answers": 40, "counts": 40, "clean": 0, "time": 20}

WARNINGS = ["-w", "-fdiagnostics-color=never", "-fmax-errors=1"]
COMPILER_SECONDS = 20


@dataclass
class Kind:
    """One way to build: the plain one, or for a sanitizer."""
    folder: Path
    compiler: str
    linker: str
    flags: list
    environment: list = field(default_factory=list)
    before: list = field(default_factory=list)


ASAN = "detect_stack_use_after_return=1:detect_leaks=0:allocator_may_return_null=1:hard_rss_limit_mb=1500"
TSAN = "halt_on_error=1:allocator_may_return_null=1:hard_rss_limit_mb=1500:suppressions={bin}/suppressions"
# The student's own lines race, or nobody does: what the runtime does inside, and what it frees, is not
# his business, and ThreadSanitizer does not see every order that the scheduler makes.
SUPPRESSIONS = "".join(f"race_top:{where}\n" for where in ("/runtime/", "/bench/", "/tip.c", "^free$", "^calloc$",
                                                          "^realloc$", "^malloc$"))
KINDS = {
    "": Kind(BUILD, "gcc", "g++", ["-O2", "-fstack-clash-protection"]),
    "-asan": Kind(BUILD / "grade-asan", "gcc", "g++",
                  ["-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
                  [("ASAN_OPTIONS", ASAN), ("UBSAN_OPTIONS", "print_stacktrace=0")]),
    "-tsan": Kind(BUILD / "grade-tsan", "clang", "clang++", ["-O1", "-fsanitize=thread"],
                  [("TSAN_OPTIONS", TSAN)], ["setarch", os.uname().machine, "-R"]),
}


class Unfit(Exception):
    """Why a file does not get as far as running; one sentence."""


class Broken(Exception):
    """Why nothing can be graded at all; one line."""


@dataclass
class Mark:
    gate: str
    passed: bool
    points: int
    of: int
    says: str


# --- what a file is linked with ---

def make(*words):
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", "-s", "--no-print-directory", f"B={os.environ.get('B', 'build')}", *words],
                          cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Broken(f"make {' '.join(words)} failed:\n{done.stdout[-2000:]}")
    return done.stdout


@functools.cache
def libraries():
    return make("grade-libraries").split()


def symbol_of(tip, face):
    return f"{tip.replace('/', '_').replace('-', '_')}_{face}"


def entry(tip):
    """A table of one tip, whose twins are both the student's."""
    t, s = symbol_of(tip, "tip"), symbol_of(tip, "student")
    return (f'#include "inside/tips.h"\nextern const struct tip {t};\nextern const struct twin {s};\n'
            f'const struct entry entries[] = {{ {{ "{tip}", &{t}, &{s}, &{s} }} }};\nconst size_t nentries = 1;\n')


def kinds_for(tip):
    """The sanitizers follow no stack that the collector looks at; many of its tips run on malloc, too."""
    here = {k: v for k, v in KINDS.items() if (v.folder / "harness.o").exists()}
    words = (ROOT / "patterns" / tip / "tip.c").read_text()
    on_collector = ".gc = true" in words and '.heap = "glibc"' not in words
    return {"": here[""]} if on_collector else here


# --- the file ---

def read_source(path):
    """Its bytes, and a remark."""
    try:
        size = path.stat().st_size
        data = path.open("rb").read(LARGEST + 1)
    except OSError as e:
        raise Unfit(f"there is no such file to read: {path.name}: {e.strerror}")
    if size > LARGEST:
        raise Unfit(f"is {size:,} bytes long; a twin has about 40 lines, and {LARGEST:,} bytes are read at most")
    if not data.strip():
        raise Unfit("is empty")
    if b"\0" in data:
        raise Unfit(f"is not text: byte {data.index(0)} is 0")
    try:
        data.decode()
    except UnicodeDecodeError as e:
        return data, f"line {data[:e.start].count(10) + 1} is not UTF-8; graded all the same"
    return data, ""


def complaint(text):
    """The compiler's first error, without our folders."""
    for line in text.splitlines():
        found = re.match(r"(?:\S*/)?([^/:]+):(\d+):.*?[Ee]rror: (.*)", line)
        if found:
            return f"{found[1]} line {found[2]}: {found[3]}"
    return text.strip().splitlines()[0] if text.strip() else "the compiler gave up without a word"


def compile_twin(tip, source, kind, folder):
    """source -> folder/out/twin.o, inside the sandbox, where of the tip there is only its scene."""
    out, there = folder / "out", "/src"
    binds = [(h, f"{there}/{h.relative_to(ROOT)}") for h in vet.headers(ROOT)]
    binds += [(ROOT / "patterns" / tip / "scene.h", f"{there}/patterns/{tip}/scene.h"),
              (source, f"{there}/patterns/{tip}/student.c"), (out, f"{there}/out")]
    if not sandbox.has_bubblewrap():
        there, binds = str(folder / "src"), copy_tree(binds, folder, there)
    words = [kind.compiler, "-std=gnu17", *kind.flags, "-g", "-pthread", *WARNINGS, "-D_GNU_SOURCE",
             f"-DTHIS={symbol_of(tip, 'student')}", "-iquote", f"{there}/runtime", "-iquote", f"{there}/patterns",
             "-c", f"{there}/patterns/{tip}/student.c", "-o", f"{there}/out/twin.o"]
    limits = ["prlimit", f"--cpu={COMPILER_SECONDS}", f"--as={2 << 30}", "--"]
    try:
        fenced = sandbox.command(limits + words, binds, writable=True, environment=[("TMPDIR", f"{there}/out")])
        done = subprocess.run(fenced, text=True, errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=2 * COMPILER_SECONDS)
    except subprocess.TimeoutExpired:
        raise Unfit(f"takes the compiler longer than {COMPILER_SECONDS} s")
    if done.returncode:
        raise Unfit(f"does not compile: {complaint(done.stderr)}")
    shutil.copy(Path(there) / "out/twin.o" if not sandbox.has_bubblewrap() else out / "twin.o", folder / "twin.o")


def copy_tree(binds, folder, there):
    """Where nothing can be bound, what would be is copied."""
    for source, to in binds:
        to = folder / Path(to).relative_to("/")
        to.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            to.mkdir(exist_ok=True)
            os.chown(to, sandbox.nobody(), sandbox.nobody())
        else:
            shutil.copy(source, to)
    return []


def linker_complaint(text):
    lines = text.strip().splitlines() or ["the linker gave up without a word"]
    return next((l.split(": ", 1)[-1] for l in lines if "undefined" in l or "multiple" in l), lines[-1])


def link_twin(tip, kind, folder, name):
    """folder/twin.o -> folder/bin/NAME, and folder/NAME, which runs it inside the sandbox."""
    program, objects = folder / "bin" / name, folder / f"entry{name}.o"
    flags = [f for f in kind.flags if f.startswith("-fsanitize")]
    (folder / "entry.c").write_text(entry(tip))
    subprocess.run([kind.compiler, "-std=gnu17", "-iquote", ROOT / "runtime", "-iquote", ROOT / "patterns",
                    "-iquote", ROOT / "bench", *kind.flags, "-c", folder / "entry.c", "-o", objects], check=True)
    done = subprocess.run([kind.linker, *flags, "-o", program, kind.folder / "harness.o",
                           kind.folder / "patterns" / tip / "tip.o", objects, folder / "twin.o", "-Wl,-z,noexecstack",
                           "-lbenchmark", *libraries(), "-pthread"],
                          text=True, errors="replace", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        raise Unfit(f"cannot be linked: {linker_complaint(done.stderr)}")
    there = "/twin" if sandbox.has_bubblewrap() else str(folder / "bin")
    environment = [(k, v.format(bin=there)) for k, v in kind.environment] + [("TWIN_PADDING", "@")]
    words = kind.before + sandbox.command([f"{there}/{name}"], [(folder / "bin", "/twin")], environment=environment)
    script = folder / name
    script.write_text("#!/bin/sh\nexec " + shlex.join(words).replace("@", '"$TWIN_PADDING"') + ' "$@"\n')
    script.chmod(0o755)


def build(tip, source, name, folder, vetted=True):
    """source -> programs NAME, NAME-asan ... in folder; else Unfit."""
    may, taken = vet.known(vet.headers(ROOT), tip, BUILD)
    symbol = symbol_of(tip, "student")
    for suffix, kind in kinds_for(tip).items() if name == "student" else [("", KINDS[""])]:
        compile_twin(tip, source, kind, folder)
        if vetted and not suffix:
            vet.check(folder / "twin.o", symbol, may, taken)
        vet.hide(folder / "twin.o", symbol)
        link_twin(tip, kind, folder, name + suffix)


def build_good(tip, folder):
    try:
        build(tip, ROOT / "patterns" / tip / "good.c", "good", folder)
    except (Unfit, vet.Refused) as e:
        raise Broken(f"the good twin of {tip} {e}")


# --- a grading ---

def decide(tip, folder, *flags):
    """The gates behind the first, as `twinbench grade` decides them."""
    done = subprocess.run([BUILD / "twinbench", "grade", tip, str(folder), "--grace", GRACE_MS, *flags], cwd=ROOT,
                          text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise Broken(done.stderr.strip())
    for line in done.stdout.splitlines():
        gate, passed, points, of, says = line.split("\t", 4)
        yield Mark(gate, passed == "passed", int(points), int(of), plain(says))


def plain(words):
    """What a student's program printed may be anything; and where it was compiled is nobody's business."""
    words = re.sub(r"(\S*/grade-\w+)?/(src|twin)/(\S*/)?|0x[0-9a-f]+", "", words)
    words = re.sub(r"ended by exit\((1[3-9]\d|12[89])\) without a word",
                   lambda m: f"killed by signal {int(m[1]) - 128} ({signal.strsignal(int(m[1]) - 128)})", words)
    return "".join(c if c.isprintable() else "?" for c in words)


def take_back(marks):
    """Right by luck is not right: a report of a sanitizer costs the points for the answers."""
    if not all(m.passed for m in marks if m.gate == "clean"):
        for m in marks:
            if m.gate == "answers":
                m.points, m.says = 0, m.says + ", but only by luck: see clean"
    return marks


def private_folder():
    folder = Path(tempfile.mkdtemp(prefix="grade-"))
    folder.chmod(0o711)
    for inside in ("bin", "out"):
        (folder / inside).mkdir()
    (folder / "bin/suppressions").write_text(SUPPRESSIONS)
    if os.geteuid() == 0:
        os.chown(folder / "out", sandbox.nobody(), sandbox.nobody())
    return folder


def grade(tip, path, vetted=True):
    """The marks of a file, in the order of the gates.  vetted=False is for the tests of the sandbox: it
    lets in what vet.py would have refused."""
    folder = private_folder()
    try:
        build_good(tip, folder)
        data, remark = read_source(path)
        source = folder / "student.c"
        source.write_bytes(data)
        source.chmod(0o644)
        build(tip, source, "student", folder, vetted)
        return [Mark("builds", True, 0, 0, remark or "yes"), *take_back(list(decide(tip, folder)))]
    except (Unfit, vet.Refused) as e:
        return [Mark("builds", False, 0, 0, str(e))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_tip(tip):
    if not (ROOT / "patterns" / tip / "tip.c").exists():
        raise Broken(f"there is no tip {tip}; all of them: build/twinbench list --names")
    make("grade-objects", f"TIP={tip}")


# --- writing it down ---

def every(marks):
    """A mark for each gate, also for those that were not reached."""
    found = {m.gate: m for m in marks}
    return [found.get(gate, Mark(gate, False, 0, of, "not reached")) for gate, of in GATES.items()]


def scores(marks):
    """{gate: points} of the gates that have some."""
    return {m.gate: m.points for m in every(marks) if GATES[m.gate]}


def total(marks):
    return sum(scores(marks).values())


def first_look(marks):
    """What to look at first: the gate that was not passed."""
    return next((f"{m.gate}: {m.says}" for m in marks if not m.passed), "")


def print_mark(m, reached, out):
    points = f"{m.points:3}/{m.of}" if m.of else ""
    says = textwrap.wrap(("no: " if reached and not m.passed else "") + m.says, 60)
    print(f"  {m.gate:8} {points:7} {says[0]}", *(f"{'':19}{l}" for l in says[1:]), sep="\n", file=out)


def print_marks(tip, path, marks, out):
    print(f"{tip}  {path}", file=out)
    for m in every(marks):
        print_mark(m, m in marks, out)
    points = scores(marks)
    word = "passed" if total(marks) >= PASS_MARK else f"below the pass mark of {PASS_MARK}"
    print(f"  {'score':8} {total(marks):3}/100 {' + '.join(map(str, points.values()))} = {total(marks)}, {word}", file=out)
    if first_look(marks):
        print(*textwrap.wrap(f"look first at {first_look(marks)}", 78, initial_indent="  ",
                             subsequent_indent="  "), sep="\n", file=out)
    print(json.dumps({"scores": points}), file=out)


def gradescope(marks):
    """The shape of results.json."""
    def test(m):
        t = {"name": m.gate, "status": "passed" if m.passed else "failed", "output": m.says}
        return {**t, "score": m.points, "max_score": m.of} if m.of else t
    return {"score": total(marks), "output": first_look(marks) or "nothing to look at", "visibility": "visible",
            "tests": [test(m) for m in every(marks)]}


def write_json(path, marks):
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(gradescope(marks), indent=2) + "\n")
    beside.replace(path)


# --- a class ---

def submissions(folder):
    """{student: {tip: path}}; a file that is named after no tip is said."""
    tips = {str(p.parent.relative_to(ROOT / "patterns")): p for p in ROOT.glob("patterns/*/*/tip.c")}
    by_name = {t.replace("/", "-"): t for t in tips}
    found = {}
    for student in sorted(p for p in folder.iterdir() if p.is_dir()):
        found[student.name] = {}
        for path in sorted(student.glob("*.c")):
            if path.stem in by_name:
                found[student.name][by_name[path.stem]] = path
            else:
                print(f"twinbench: {student.name}/{path.name} is named after no tip (as leaks-range-unclosed.c is)",
                      file=sys.stderr)
    return found


def grade_all(folder):
    if not folder.is_dir():
        raise Broken(f"there is no folder {folder}")
    found = submissions(folder)
    tips = sorted({t for files in found.values() for t in files})
    if not tips:
        raise Broken(f"{folder} has no <student>/<family>-<tip>.c")
    for tip in tips:
        check_tip(tip)
    check_fence()
    rows = []
    for student, files in found.items():
        row = {"student": student, **{t: "" for t in tips}}
        for tip, path in files.items():
            marks = grade(tip, path)
            row[tip] = total(marks)
            write_json(path.with_suffix(".json"), marks)
            print_marks(tip, f"{student}/{path.name}", marks, sys.stdout)
            sys.stdout.flush()
        row["mean"] = round(sum(row[t] or 0 for t in tips) / len(tips), 1)
        rows.append(row)
    with open(folder / "gradebook.csv.new", "w", newline="") as f:
        sheet = csv.DictWriter(f, ["student", *tips, "mean"])
        sheet.writeheader()
        sheet.writerows(rows)
    os.replace(folder / "gradebook.csv.new", folder / "gradebook.csv")
    print(f"gradebook: {folder / 'gradebook.csv'}")


def check_fence():
    """There must be one; how weak it is, is said."""
    sandbox.check()
    if sandbox.weakness():
        print(f"twinbench: {sandbox.weakness()}", file=sys.stderr)


def main():
    args = argparse.ArgumentParser(description="Grade a file as a third twin of a tip.")
    args.add_argument("tip", nargs="?")
    args.add_argument("source", nargs="?", type=Path)
    args.add_argument("--json", type=Path, help="write Gradescope's results.json there")
    args.add_argument("--all", type=Path, metavar="DIR", help="grade DIR/<student>/<family>-<tip>.c")
    given = args.parse_args()
    if not given.all and not given.source:
        args.error("a tip and a file, or --all DIR")
    if given.all:
        grade_all(given.all)
        return
    check_tip(given.tip)
    check_fence()
    marks = grade(given.tip, given.source)
    print_marks(given.tip, given.source, marks, sys.stdout)
    if given.json:
        write_json(given.json, marks)


if __name__ == "__main__":
    try:
        main()
    except (Broken, sandbox.NoSandbox, OSError, subprocess.SubprocessError) as e:
        sys.exit(f"twinbench: grade: {e}")
    except KeyboardInterrupt:
        sys.exit(130)
