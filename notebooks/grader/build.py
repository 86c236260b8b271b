# SPDX-License-Identifier: MIT
"""build.py - a text becomes programs, of each kind that the gates look at.

    NAME        as it is measured
    NAME-asan   for AddressSanitizer and UndefinedBehaviorSanitizer
    NAME-tsan   for ThreadSanitizer
    NAME-work   with the calls of the scene counted (work.py)

The compiler and the linker run inside the fence; what they make comes out of it as bytes.  The good twin goes
the same way, with the same flags, so that the programs differ in the twin alone."""

import fcntl
import functools
import os
import re
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import fence
import filters
import source
import vet
from source import Unfit

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
BUILD = ROOT / os.environ.get("B", "build")
COMPILER_SECONDS = 20  # of processor time, which no load makes longer


class Broken(Exception):
    """Why nothing can be graded at all; one line."""


@dataclass
class Kind:
    """One way to build."""
    suffix: str
    folder: Path           # of what the twin is linked with
    compiler: str
    linker: str
    flags: list
    environment: list = field(default_factory=list)
    before: list = field(default_factory=list)
    reports: bool = False  # it is a sanitizer's
    own: tuple = ()        # sources of ours that belong to this kind alone


ASAN = "log_path=/report/r:exitcode=86:detect_stack_use_after_return=1:detect_leaks=0:allocator_may_return_null=1:" \
    "hard_rss_limit_mb=1500:handle_abort=1:handle_sigill=1"  # undefined behaviour traps, and that is a signal
TSAN = "log_path=/report/r:exitcode=86:halt_on_error=0:allocator_may_return_null=1:hard_rss_limit_mb=1500:symbolize=0"
# The runtime's functions that work_count.c stands before: what sends, receives and starts.
PASSES = """chan_send_at chan_recv_at chan_try_send_at chan_try_recv chan_send_timed_at chan_recv_timed_at select_at
task_go""".split()
WARNINGS = ["-w", "-fdiagnostics-color=never", "-fmax-errors=1"]
PLAIN = Kind("", BUILD, "gcc", "g++", ["-O2", "-fstack-clash-protection"])
KINDS = [
    PLAIN,
    Kind("-asan", BUILD / "grade-address", "gcc", "g++",
         ["-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fsanitize-undefined-trap-on-error"],
         [("ASAN_OPTIONS", ASAN)], reports=True),
    # One compiler for all: who could ask which one it is could behave under this tool alone.  Without
    # builtins, or gcc writes out a memset in a way that the tool does not see.
    Kind("-tsan", BUILD / "grade-tsan", "gcc", "clang++", ["-O1", "-fno-builtin", "-fsanitize=thread"],
         [("TSAN_OPTIONS", TSAN)], ["setarch", os.uname().machine, "-R"], reports=True),
    Kind("-work", BUILD / "grade-work", "gcc", "g++",
         ["-O1", "-finstrument-functions", "-finstrument-functions-exclude-file-list=student.c,/runtime/,/usr/"],
         own=(HERE / "work_count.c",)),
]


# --- what a file is linked with -------------------------------------------------------------

@contextmanager
def alone():
    """One grading at a time calls make in this folder."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with open(BUILD / "grade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(*words):
    env = {k: v for k, v in os.environ.items()
           if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "SRC", "DIR", "JSON", "TIP")}
    with alone():
        done = subprocess.run(["make", "-s", "--no-print-directory", f"B={os.environ.get('B', 'build')}", *words],
                              cwd=ROOT, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
    if done.returncode:
        raise Broken(f"make {' '.join(words)} failed:\n{done.stdout[-2000:]}")
    return done.stdout


@functools.cache
def libraries():
    return make("grade-libraries").split()


@functools.cache
def every_tip():
    return sorted(str(p.parent.relative_to(ROOT / "patterns")) for p in ROOT.glob("patterns/*/*/tip.c"))


def symbol_of(tip, face):
    return f"{tip.replace('/', '_').replace('-', '_')}_{face}"


def entry(tip, watched):
    """A table of one tip, whose twins are both the student's; watched: work_count.c stands before the tip."""
    t, s = symbol_of(tip, "tip"), symbol_of(tip, "student")
    lines = ['#include "inside/tips.h"', f"extern const struct tip {t};", f"extern const struct twin {s};"]
    if watched:
        lines += ["extern struct tip watched_tip;", "extern const struct tip *const watched_original;",
                  f"const struct tip *const watched_original = &{t};"]
        t = "watched_tip"
    lines += [f'const struct entry entries[] = {{ {{ "{tip}", &{t}, &{s}, &{s} }} }};', "const size_t nentries = 1;", ""]
    return "\n".join(lines)


def on_collector_alone(tip):
    """The sanitizers follow no stack that the collector looks at; many of its tips run on malloc, too."""
    words = (ROOT / "patterns" / tip / "tip.c").read_text()
    return ".gc = true" in words and ".heap = HEAP_GLIBC" not in words


def kinds_for(tip):
    here = [k for k in KINDS if k.own or (k.folder / "harness.o").exists()]
    return [k for k in here if not (k.reports and on_collector_alone(tip))]


# --- compiling ------------------------------------------------------------------------------

def complaint(text):
    """The compiler's first error, without our folders."""
    for line in text.splitlines():
        found = re.match(r"(?:\S*/)?([^/:]+):(\d+):.*?[Ee]rror: (.*)", line)
        if found:
            return f"{found[1]} line {found[2]}: {found[3]}"
    return text.strip().splitlines()[0] if text.strip() else "the compiler gave up without a word"


@functools.cache
def headers(tip):
    """[(here, there)]: all that a text of this tip can include, but for the system's."""
    found = vet.headers(ROOT) + [ROOT / "patterns" / tip / "scene.h"]
    return [(h, f"/src/{h.relative_to(ROOT)}") for h in dict.fromkeys(found)]


def to_stdout(words, output):
    """A tool writes a file, and that is what comes out."""
    return ["sh", "-c", f'"$@" && cat {output}', "sh", *words]


def tool(words, show, doing):
    """What comes out of it; else Unfit."""
    done = fence.run(words, show, seconds=COMPILER_SECONDS)
    if done.late or done.status in (-9, 137, 152):
        raise Unfit(f"takes longer than {COMPILER_SECONDS} s to be {doing}")
    if done.too_much:
        raise Unfit(f"makes too much to be {doing}")
    if done.status:
        text = done.err.decode(errors="replace")
        raise Unfit(f"does not compile: {complaint(text)}" if doing == "compiled" else
                    f"cannot be {doing}: {linker_complaint(text)}")
    return done.out


def compiler_words(tip, kind):
    return [kind.compiler, "-std=gnu17", *kind.flags, "-g", "-pthread", *WARNINGS, "-D_GNU_SOURCE",
            f"-DTHIS={symbol_of(tip, 'student')}", "-iquote", "/src/runtime", "-iquote", "/src/patterns",
            f"/src/patterns/{tip}/student.c"]


def shown(tip, path):
    return headers(tip) + [(path, f"/src/patterns/{tip}/student.c")]


def preprocess(tip, path, kind):
    return tool(compiler_words(tip, kind) + ["-E"], shown(tip, path), "compiled").decode(errors="replace")


def compile_text(tip, path, kind):
    """The object, as bytes."""
    return tool(to_stdout(compiler_words(tip, kind) + ["-c", "-o", "/tmp/twin.o"], "/tmp/twin.o"), shown(tip, path),
                "compiled")


# --- linking ----------------------------------------------------------------------------------

def linker_complaint(text):
    lines = text.strip().splitlines() or ["the linker gave up without a word"]
    return next((l.split(": ", 1)[-1] for l in lines if "undefined" in l or "multiple" in l), lines[-1])


def own_objects(tip, kind, folder):
    """The objects of ours that are made for one tip, which are the same for every twin of it."""
    text = folder / f"entry{kind.suffix}.c"
    text.write_text(entry(tip, bool(kind.own)))
    for text in (text, *kind.own):
        made = folder / f"{text.stem}.o"
        if not made.exists():
            done = subprocess.run([kind.compiler, "-std=gnu17", "-D_GNU_SOURCE", "-iquote", ROOT / "runtime", "-iquote",
                                   ROOT / "patterns", "-iquote", ROOT / "bench", *(f for f in kind.flags if f.startswith("-fsan")), "-c", text, "-o", made],
                                  text=True, stderr=subprocess.PIPE)
            if done.returncode:
                raise Broken(done.stderr.strip()[-500:])
        yield made


def link(tip, kind, path, ours):
    """The program, as bytes."""
    objects = [BUILD / "harness.o" if kind.own else kind.folder / "harness.o",
               kind.folder / "patterns" / tip / "tip.o", *ours, path]
    show = [(o, f"/objects/{i}.o") for i, o in enumerate(objects)]
    sanitizers = [f for f in kind.flags if f.startswith("-fsanitize")]
    words = [kind.linker, *sanitizers, "-o", "/tmp/program", *(there for _, there in show), "-Wl,-z,noexecstack",
             *(f"-Wl,--wrap={name}" for name in PASSES if kind.own), "-lbenchmark", *libraries(), "-pthread"]
    return tool(to_stdout(words, "/tmp/program"), show, "linked")


def hide(path, symbol):
    """All of the object's names but the twin's become its own business."""
    words = ["objcopy", f"--keep-global-symbol={symbol}", "/twin.o", "/tmp/o"]
    return tool(to_stdout(words, "/tmp/o"), [(path, "/twin.o")], "linked")


# --- all of it ----------------------------------------------------------------------------------

@functools.cache
def scene_calls(tip):
    """The system calls that this tip's scene makes and others do not."""
    text = "".join(p.read_text() for p in (ROOT / "patterns" / tip).glob("*.[ch]"))
    return tuple(call for call in filters.SCENES if re.search(rf"\b{call}\(", text))


def build_kind(tip, path, name, folder, ours, kind, check=None):
    """One program of the text at path, and the script that runs it.  check looks at the object."""
    place = folder / f"{name}{kind.suffix}.o"
    place.write_bytes(compile_text(tip, path, kind))
    if check:
        check(place)
    place.write_bytes(hide(place, symbol_of(tip, "student")))
    program = link(tip, kind, place, list(own_objects(tip, kind, ours)))
    fence.script(folder, name + kind.suffix, program, kind.environment, kind.reports, kind.before, bool(kind.own),
                 scene_calls(tip))
    return program


def build_good(tip, folder):
    """The programs that a student's are set beside."""
    path = ROOT / "patterns" / tip / "good.c"
    try:
        for kind in kinds_for(tip):
            build_kind(tip, path, "good", folder, folder, kind)
        watched = next(k for k in KINDS if k.own)
        build_kind(tip, ROOT / "patterns" / tip / "bad.c", "bad", folder, folder, watched)
    except Unfit as e:
        raise Broken(f"a twin of {tip} {e}") from None


def build_student(tip, path, folder, good, vetted=True):
    """Programs of every kind of the text at path; else Unfit.  good: the folder of build_good()."""
    may, taken = vet.known(vet.headers(ROOT), tip, BUILD)
    symbol = symbol_of(tip, "student")

    def look_at(place):  # compiled by now, so it holds no macro that never ends
        texts = [preprocess(tip, path, k) for k in kinds_for(tip)]
        source.check_preprocessed(texts[0], "/student.c")
        source.check_same(texts, "/student.c")
        vet.check(place, symbol, may, taken)

    if vetted:
        source.check_written(path.read_bytes())
    for kind in kinds_for(tip):
        look = vetted and kind is PLAIN
        program = build_kind(tip, path, "student", folder, good, kind, look_at if look else None)
        if look:
            vet.check_program(program, (good / "good.d/good").read_bytes())
