# SPDX-License-Identifier: MIT
"""build.py - a text becomes programs, of each kind that the gates look at.

    NAME        as it is measured
    NAME-asan   for AddressSanitizer and UndefinedBehaviorSanitizer
    NAME-tsan   for ThreadSanitizer
    NAME-work   with the calls of the scene counted (work.py)

The compiler and the linker run inside the fence; what they make comes out of it as bytes.  The good twin goes
the same way, with the same flags, so that the programs differ in the twin alone."""

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import fence
import filters
import kept
import source
import vet
from source import Unfit

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TREE = ROOT / (os.environ.get("TIPS") or "patterns")  # of the tips: ours, or somebody's own
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
    libraries: tuple = ()  # for the linker


ASAN = "log_path=/report/r:exitcode=86:detect_stack_use_after_return=1:detect_leaks=0:allocator_may_return_null=1:" \
    "hard_rss_limit_mb=1500:handle_abort=1:handle_sigill=1"  # in the runtime undefined behaviour traps, and that is a signal
TSAN = "log_path=/report/r:atexit_sleep_ms=0:exitcode=86:halt_on_error=0:allocator_may_return_null=1:hard_rss_limit_mb=1500:symbolize=0"
# The runtime's functions that work_count.c stands before: what sends, receives and starts; what makes a channel;
# and what takes a lock or gives it back.
PASSES = """chan_send_at chan_recv_at chan_try_send_at chan_try_recv chan_send_timed_at chan_recv_timed_at select_at
task_go""".split()
CHANNELS = "chan_make_at ctx_done timer_chan timer_after_at".split()
LOCKS = """mutex_lock_at mutex_try_lock mutex_unlock_at rwmutex_lock_at rwmutex_rlock_at rwmutex_unlock_at
rwmutex_runlock_at""".split()
# What the compiler knows of a value depends on how hard it looks, which is not the same in each kind.
NO_QUESTION = "-D__builtin_constant_p(...)=0"
WARNINGS = ["-w", "-fdiagnostics-color=never", "-fmax-errors=1"]
PLAIN = Kind("", BUILD, "gcc", "g++", ["-O2", "-fstack-clash-protection"])
KINDS = [
    PLAIN,
    Kind("-asan", BUILD / "grade-address", "gcc", "g++",
         ["-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"],
         [("ASAN_OPTIONS", ASAN), ("UBSAN_OPTIONS", f"{ASAN}:log_path=/report/s:print_stacktrace=1")], reports=True,
         # Both in the program, they share one report; as two libraries each would have its own.  The second begins with
         # its first word, and opens the report anew: the other's could be half written, so that is another file.
         libraries=("-static-libasan", "-static-libubsan")),
    # One compiler for all: who could ask which one it is could behave under this tool alone.  Without
    # builtins, or gcc writes out a memset in a way that the tool does not see.
    Kind("-tsan", BUILD / "grade-tsan", "gcc", "clang++", ["-O1", "-fno-builtin", "-fsanitize=thread"],
         [("TSAN_OPTIONS", TSAN)], ["setarch", os.uname().machine, "-R"], reports=True),
    Kind("-work", BUILD / "grade-work", "gcc", "g++",
         ["-O1", "-finstrument-functions", "-finstrument-functions-exclude-file-list=student.c,/runtime/,/usr/"],
         own=(HERE / "work_count.c",)),
]


# --- what a file is linked with -------------------------------------------------------------

def scratch():
    """Where the compilers of make have their own files; each make begins with it empty."""
    return BUILD / "grade-tmp"


@contextlib.contextmanager
def alone():
    """One grading at a time calls make in this folder.  The lock is also make's and that of all that make starts,
    so it is held until these have ended, whatever became of the grader.  It says who is at work, and nothing when
    all went well: else what was written since then may be torn, and goes."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with open(BUILD / "grade.lock", "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        began = os.fstat(lock.fileno())
        for made in BUILD.rglob("*.[od]") if began.st_size else ():
            if made.stat().st_mtime_ns >= began.st_mtime_ns:
                made.unlink()
        shutil.rmtree(scratch(), ignore_errors=True)
        scratch().mkdir()
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield lock


def make(*words):
    env = {k: v for k, v in os.environ.items()
           if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "SRC", "DIR", "JSON", "TIP")}
    env["TMPDIR"] = str(scratch().absolute())
    for _ in range(fence.TRIES):
        with alone() as lock:
            done = subprocess.run(["make", "-s", "--no-print-directory", "GO=none", f"B={os.environ.get('B', 'build')}", *words],
                                  cwd=ROOT, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, pass_fds=[lock.fileno()])
            if done.returncode == 0:
                lock.truncate(0)
        if done.returncode != -signal.SIGKILL and "Killed" not in done.stdout:
            break
    if done.returncode:
        raise Broken(f"make {' '.join(words)} failed:\n{done.stdout[-2000:]}")
    return done.stdout


@functools.cache
def libraries():
    return make("grade-libraries").split()


@functools.cache
def every_tip():
    """Those that have twins in C.  The bad one is a text in the students' archive, too."""
    return sorted(str(p.parent.relative_to(TREE)) for p in TREE.glob("*/*/tip.c") if (p.parent / "bad.c").exists())


def symbol_of(tip, face):
    return f"{tip.replace('/', '_').replace('-', '_')}_{face}"


# A tool follows no stack that the collector looks at: under it there is malloc.
ON_MALLOC = """extern const struct tip {tip};
struct tip tip_on_malloc;
__attribute__((constructor)) static void leave_the_collector(void)
{{
    tip_on_malloc = {tip};
    tip_on_malloc.gc = false;
}}
"""
# work_count.c stands before the tip.
WATCHED = """extern const struct tip {tip};
extern struct tip watched_tip;
extern const struct tip *const watched_original;
const struct tip *const watched_original = &{tip};
"""


def entry(tip, kind):
    """A table of one tip, whose twins are both the student's."""
    t, s = symbol_of(tip, "tip"), symbol_of(tip, "student")
    before, shown = (ON_MALLOC, "tip_on_malloc") if kind.reports else (WATCHED, "watched_tip") if kind.own \
        else ("extern const struct tip {tip};\n", t)
    return "\n".join(['#include "inside/tips.h"', before.format(tip=t), f"extern const struct twin {s};",
                      f'const struct entry entries[] = {{ {{ "{tip}", &{shown}, &{s}, &{s} }} }};',
                      "const size_t nentries = 1;", ""])


def bad_ends(tip):
    """Is the bad twin said to come to its end?"""
    return not re.search(r'"outcome", \.bad = (PANICS|STUCK|DIES)', (TREE / tip / "tip.c").read_text())


def tells_of_tasks(tip):
    """Is it about how many tasks there are, so that bad has more of them?"""
    claims = re.findall(r'"tasks_(?:started|peak)", \.bad = (\w+), \.good = (\w+)', (TREE / tip / "tip.c").read_text())
    return any(bad != good for bad, good in claims)


@functools.cache
def dials():
    """{tip: (the dial's name, its points)}"""
    listed = subprocess.run([BUILD / "twinbench", "list", "--json"], capture_output=True, check=True).stdout
    return {t["name"]: (t["dial"], t["points"]) for t in json.loads(listed)["tips"]}


def kinds_here():
    return [k for k in KINDS if k.own or (k.folder / "harness.o").exists()]


# --- compiling ------------------------------------------------------------------------------

def complaint(text):
    """The compiler's first error, without our folders."""
    for line in text.splitlines():
        found = re.match(r"(?:\S*/)?([^/:]+):(\d+):.*?((?:internal compiler )?[Ee]rror: .*)", line)
        if found:
            return f"{found[1]} line {found[2]}: {re.sub('^[Ee]rror: ', '', found[3])}"
    return text.strip().splitlines()[0] if text.strip() else "the compiler gave up without a word"


@functools.cache
def headers(tip):
    """[(here, there)]: all that a text of this tip can include, but for the system's."""
    scene = TREE / tip / "scene.h"
    return [(h, f"/src/{h.relative_to(ROOT)}") for h in vet.headers(ROOT, TREE) if h != scene] + [(scene, f"/src/patterns/{tip}/scene.h")]


# gcc's exit status where it was not the text that was wrong, and it asks for a report of a bug.
OF_THE_COMPILER = 4
DEEP = b"internal compiler error: Segmentation fault signal terminated program"  # a fault elsewhere it reports by itself
# How the tools say that a limit has ended one of them.
LATE = re.compile(rb"CPU time limit exceeded|signal 24")
TOO_MUCH = re.compile(rb"File size limit exceeded|No space left on device|out of memory|memory exhausted|Cannot allocate memory")


def unfit(done, doing):
    """Why the tools did not get to their end."""
    if done.late or done.status == 152 or LATE.search(done.err):
        return Unfit(f"takes longer than {COMPILER_SECONDS} s to be {doing}")
    if done.too_much or TOO_MUCH.search(done.err):
        return Unfit(f"makes too much to be {doing}")
    text = done.err.decode(errors="replace")
    if done.status == OF_THE_COMPILER and DEEP in done.err:
        return Unfit("is nested too deeply to be compiled: the compiler has no stack left")
    if done.status == OF_THE_COMPILER:
        return fence.NotNow(f"the compiler has a fault that this text brings to light, which is not the text's: "
                            f"{complaint(text)}; written another way it may compile")
    return Unfit(f"does not compile: {complaint(text)}" if doing == "compiled" else
                 f"cannot be {doing}: {linker_complaint(text)}")


def compiler_words(tip, kind):
    return [kind.compiler, "-std=gnu17", *kind.flags, "-g", "-pthread", *WARNINGS, "-D_GNU_SOURCE", NO_QUESTION,
            f"-DTHIS={symbol_of(tip, 'student')}", "-iquote", "/src/runtime", "-iquote", "/src/patterns",
            f"/src/patterns/{tip}/student.c"]


def shown(tip, path):
    return headers(tip) + [(path, f"/src/patterns/{tip}/student.c")]


@functools.cache
def plain_headers(tip, names):
    """What these headers say, in this order, with nothing of a student's before them."""
    with tempfile.NamedTemporaryFile("w", suffix=".c") as f:
        f.writelines(f'#include "{name}"\n' for name in names)
        f.flush()
        os.chmod(f.name, 0o644)
        done = fence.run([*compiler_words(tip, PLAIN), "-E"], shown(tip, f.name), seconds=COMPILER_SECONDS)
    if done.status:
        raise Broken(f"the headers of {tip} cannot be preprocessed: {complaint(done.err.decode(errors='replace'))}")
    return source.headers_text(done.out.decode(errors="replace"), "/student.c")


# --- linking ----------------------------------------------------------------------------------

def linker_complaint(text):
    lines = text.strip().splitlines() or ["the linker gave up without a word"]
    return next((l.split(": ", 1)[-1] for l in lines if "undefined" in l or "multiple" in l), lines[-1])


@functools.cache
def quick_linker():
    """gold and lld take a third of the time that binutils' other linker takes."""
    return next(([f"-fuse-ld={name}"] for name in ("gold", "lld") if shutil.which(f"ld.{name}")), [])


def compile_ours(kind, text, made):
    """Beside it, and renamed: there is never half of it."""
    beside = made.with_suffix(".new.o")
    sanitizers = [f for f in kind.flags if f.startswith("-fsan")]
    include = [word for folder in ("runtime", "patterns", "bench") for word in ("-iquote", ROOT / folder)]
    for _ in range(fence.TRIES):
        done = subprocess.run([kind.compiler, "-std=gnu17", "-D_GNU_SOURCE", *include, *sanitizers, "-c", text, "-o", beside],
                              text=True, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(made.parent)})
        if done.returncode == 0:
            return beside.rename(made)
    raise Broken(f"{text.name} cannot be compiled: {done.stderr.strip()[-500:]}")


def own_objects(tip, kind, folder):
    """The objects of ours that are made for one tip, which are the same for every twin of it."""
    text = folder / f"entry{kind.suffix}.c"
    text.write_text(entry(tip, kind))
    for text in (text, *kind.own):
        made = folder / f"{text.stem}.o"
        if not made.exists():
            compile_ours(kind, text, made)
        yield made


def linked_with(tip, kind, ours):
    return [BUILD / "harness.o" if kind.own else kind.folder / "harness.o", kind.folder / "patterns" / tip / "tip.o",
            *own_objects(tip, kind, ours)]


# --- both, inside one fence ---------------------------------------------------------------------

@dataclass
class Made:
    """Of one text and kind.  program is empty where it could not be linked; then why says so."""
    text: bytes     # as the preprocessor leaves it
    object: bytes
    program: bytes
    why: Unfit = None


# All of the object's names but the twin's become its own business before it is linked.
COMPILE = "{compiler} -E -o text && {compiler} -c -o object"
COMPILED = ": > text && cp {source} object"
STEPS = """cd /tmp && {compile} || exit
objcopy --keep-global-symbol={symbol} object hidden && {linker} -o program >&2 || : > program
stat -c %s text object program && cat text object program"""


def make_all(tip, path, kind, ours):
    """Made of the text at path, or of an object of ours; else Unfit, if it does not compile."""
    objects = linked_with(tip, kind, ours)
    show = [(o, f"/objects/{i}.o") for i, o in enumerate(objects)]
    sanitizers = [f for f in kind.flags if f.startswith("-fsanitize")]
    linker = [kind.linker, *quick_linker(), *sanitizers, *(there for _, there in show), "hidden", "-Wl,-z,noexecstack",
              *(f"-Wl,--wrap={name}" for name in PASSES + CHANNELS + LOCKS if kind.own), *kind.libraries, "-lbenchmark", *libraries(), "-pthread"]
    compiler = compiler_words(tip, kind)
    steps = (COMPILED if path.suffix == ".o" else COMPILE).format(compiler=shlex.join(compiler), source=compiler[-1])
    script = STEPS.format(compile=steps, linker=shlex.join(linker), symbol=symbol_of(tip, "student"))
    done = fence.run(["sh", "-c", script], shown(tip, path) + show, seconds=COMPILER_SECONDS)
    if done.status or done.late or done.too_much:
        raise unfit(done, "compiled")
    *sizes, rest = done.out.split(b"\n", 3)
    text, object_, program = map(int, sizes)
    if len(rest) != text + object_ + program:
        raise Unfit("makes too much to be compiled")
    return Made(rest[:text], rest[text:text + object_], rest[text + object_:], unfit(done, "linked"))


# --- all of it ----------------------------------------------------------------------------------

@functools.cache
def scene_calls(tip):
    """The system calls that this tip's scene makes and others do not."""
    text = "".join(p.read_text() for p in (TREE / tip).glob("*.[ch]"))
    return tuple(call for call in filters.SCENES if re.search(rf"\b{call}\(", text))


def put(tip, name, kind, made, folder):
    """folder/NAME, the script that runs it in its fence; NAME.o, which work.py reads."""
    if not made.program:
        raise made.why
    if kind.own:
        (folder / f"{name}{kind.suffix}.o").write_bytes(made.object)
    fence.script(folder, name + kind.suffix, made.program, kind.environment, kind.reports, kind.before, bool(kind.own),
                 scene_calls(tip), ours=name != "student")


def several(kinds, make):
    """make(kind) of each, two at a time; the first that fails fails all."""
    with ThreadPoolExecutor(2) as two:
        return list(two.map(make, kinds))


# --- the twins of ours ----------------------------------------------------------------------------

def inputs(tip, path, kind, ours):
    """What a program of ours is made of, as one number."""
    found = hashlib.sha256(repr((kind, compiler_words(tip, kind), quick_linker(), COMPILER_SECONDS, STEPS)).encode())
    for part in [path, *(here for here, _ in headers(tip)), *linked_with(tip, kind, ours)]:
        found.update(Path(part).read_bytes())
    for program in (kind.compiler, kind.linker):
        stat = os.stat(shutil.which(program) or "/")
        found.update(f"{program} {stat.st_size} {stat.st_mtime_ns}".encode())
    return found.hexdigest().encode()


def twin_of_ours(tip, face, kind):
    """Its text.  In the students' archive the good twin is an object alone, one of each kind (teaching/bundle.py)."""
    text = TREE / tip / f"{face}.c"
    return text if text.exists() else text.with_name(f"{face}{kind.suffix}.o")


def made_before(tip, face, kind, ours):
    """Made of a twin of ours, now or by an earlier grader from the very same; the text is not kept."""
    path = twin_of_ours(tip, face, kind)
    key, file = inputs(tip, path, kind, ours), BUILD / "grade-twins" / f"{symbol_of(tip, face)}{kind.suffix}"
    found = kept.read_sealed(file)
    if found and found.startswith(key):
        _, size, rest = found.split(b"\n", 2)
        return Made(b"", rest[:int(size)], rest[int(size):])
    made = make_all(tip, path, kind, ours)
    if made.program:
        with contextlib.suppress(OSError):  # on a full disk it is made again the next time
            file.parent.mkdir(exist_ok=True)
            kept.write_sealed(file, b"%s\n%d\n" % (key, len(made.object)) + made.object + made.program)
    return made


def build_good(tip, folder):
    """The programs that a student's are set beside."""
    watched = next(k for k in KINDS if k.own)
    wanted = [("good", kind) for kind in kinds_here()] + [("bad", watched)]
    for kind in kinds_here():
        linked_with(tip, kind, folder)
    try:
        made = several(wanted, lambda one: made_before(tip, *one, folder))
        for (face, kind), m in zip(wanted, made):
            put(tip, face, kind, m, folder)
    except Unfit as e:
        raise Broken(f"a twin of {tip} {e}") from None


# --- a student's ------------------------------------------------------------------------------------

@functools.cache
def vocabulary(tip):
    """(what a twin of this tip may refer to, what it may not define, where it may point)"""
    return vet.known(vet.headers(ROOT, TREE), tip, BUILD, lambda face: symbol_of(tip, face))


def look_at(made, tip, folder):
    """May this be run?"""
    text = made.text.decode(errors="replace")
    source.check_preprocessed(text, "/student.c")
    found = source.headers_text(text, "/student.c")
    source.check_headers(found, plain_headers(tip, tuple(found)))
    place = folder / "student.o"
    place.write_bytes(made.object)
    vet.check(place, symbol_of(tip, "student"), *vocabulary(tip))


def build_plain(tip, path, folder, good, vetted=True):
    """The program that is measured, of the text at path; else Unfit.  good: the folder of build_good()."""
    if vetted:
        source.check_written(path.read_bytes())
    made = make_all(tip, path, PLAIN, good)
    if vetted:
        look_at(made, tip, folder)
    put(tip, "student", PLAIN, made, folder)
    if vetted:
        vet.check_program(made.program, (good / "good.d/good").read_bytes())
    return made


def build_others(tip, path, folder, good, plain, vetted=True):
    """Those of the other kinds.  plain: what build_plain() made of the same text."""
    kinds = [kind for kind in kinds_here() if kind is not PLAIN]
    made = several(kinds, lambda kind: make_all(tip, path, kind, good))
    if vetted:
        source.check_same([m.text.decode(errors="replace") for m in (plain, *made)], "/student.c")
    for kind, m in zip(kinds, made):
        put(tip, "student", kind, m, folder)


def build_student(tip, path, folder, good, vetted=True):
    """Programs of every kind of the text at path; else Unfit."""
    build_others(tip, path, folder, good, build_plain(tip, path, folder, good, vetted), vetted)
