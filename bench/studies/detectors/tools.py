# SPDX-License-Identifier: MIT
"""tools.py - which tools there are: how each is run, and how what it says is read.

TOOLS is the table.  A tool is read from a run, and one run may do for several: the dump, the proof and
the runtime's own last words come from one process.  A reader makes Reports (judge.py) of a text."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from judge import CODE, DEADLOCK, MEMORY, PANIC, RACE, TASKS, Report

TREE = os.environ.get("TIPS") or "patterns"  # of the tips: ours, or somebody's own
MIB = 1 << 20
SECONDS = 60  # of processor time that one run may take
ON_A_COLLECTOR = 3  # look.c


# --- places ---


class Places:
    """Finds the places of a text that lie in one tip."""

    def __init__(self, root, tip, pattern):
        self.tip, self.folder, self.pattern = f"{TREE}/{tip}", Path(root) / TREE / tip, re.compile(pattern)
        self.lines = {}

    def source(self, file, line):
        if file not in self.lines:
            path = self.folder / file
            self.lines[file] = path.read_text().splitlines() if path.exists() else []
        text = self.lines[file]
        return " ".join(text[line - 1].split("/*")[0].split("//")[0].split()) if 0 < line <= len(text) else ""

    def first(self, text):
        """(file, line, its text) of the first in a text; ("", 0, "") if it has none."""
        m = self.pattern.search(text)
        return (m[1], int(m[2]), self.source(m[1], int(m[2]))) if m else ("", 0, "")

    def report(self, kind, what, says, text, count=1):
        """A report about the first place in the text, or None."""
        file, line, source = self.first(text)
        return Report(kind, alike(what), says, file, line, source, count) if file else None


def in_c(root, tip):
    return Places(root, tip, rf"{re.escape(TREE)}/{re.escape(tip)}/([\w.-]+):(\d+)")


def in_go(root, tip, number):
    return Places(root, tip, rf"\btwin{number}/((?:bad|good|scene)\.go):(\d+)")


def alike(what):
    """The same words for the same thing in either twin: no numbers, no addresses, no names of twins."""
    return re.sub(r"\b(bad|good)\b", "twin", re.sub(r"0x[0-9a-f]+|\d+", "#", what))


def some(reports):
    return tuple(r for r in reports if r)


# --- readers: (text, places) -> Reports ---


def read_lines(pattern):
    """Of a checker that says `file:line:column: what`, a line each."""
    def read(text, places):
        return some(places.report(CODE, m[1], m[1].strip(), line) for line in text.splitlines()
                    if (m := re.search(pattern, line)))
    return read


def read_tasks(text, only=""):
    """[(how many, state, the block)] of the tasks in a dump."""
    for block in re.split(r"\n\n+", text):
        m = re.match(r"(?:task )?(\d+) \[([^\]]*)\]:", block.strip())
        if m and only in m[2]:
            yield 1 if block.strip().startswith("task") else int(m[1]), m[2], block


def read_dump(text, places, only=""):
    if re.search(r"^panic: ", text, re.M):  # the dump below it is the panic's
        return ()
    return some(places.report(TASKS, re.sub(r"(, leaked)?(, [\d.]+ \w+)?$", "", state), f"{n} [{shown(state, only)}]: " + where(block, places), block, n)
                for n, state, block in read_tasks(text, only))


def shown(state, only):
    return state if only else state.replace(", leaked", "")  # the dump knows what leaks_find() has found


def where(block, places):
    """Where the tasks of a dump wait, and were started."""
    lines = [l.strip() for l in block.splitlines() if re.match(r"\t(wait|started|at)", l)]
    return ", ".join(lines).replace(f"{places.tip}/", "")


def read_proof(text, places):
    return read_dump(text, places, "leaked")


def read_end(text, places):
    """What the runtime itself ends with, ours or Go's."""
    m = re.search(r"^(?:panic: |fatal error: |runtime: out of memory).*", text, re.M)
    if not m:
        return ()
    file, line, source = places.first(text[m.end():])
    return (Report(DEADLOCK if "deadlock" in m[0] else PANIC, alike(m[0]), m[0], file, line, source),)


def read_blocks(begin, end, kind):
    """Of a tool that begins a block of lines for each thing it finds."""
    def read(text, places):
        found = []
        for block in re.split(rf"^(?={begin})", text, flags=re.M)[1:]:
            block = re.split(end, block, maxsplit=1, flags=re.M)[0]
            says = re.sub(r"^==\d+== ?", "", block.splitlines()[0]).strip()
            n = re.search(r"(\d+)[\d,]* (?:object|block)", block.replace(",", ""))
            found.append(places.report(kind, re.sub(r" \(pid=\d+\)| in loss record.*", "", says), says, block, int(n[1]) if n else 1))
        return some(found)
    return read


def both(*readers):
    return lambda text, places: tuple(r for read in readers for r in read(text, places))


def read_profile(name):
    def read(text, places):
        section = re.search(rf"^profile {name}\n(.*?)(?=^profile |\Z)", text, re.M | re.S)
        groups = re.split(r"^(?=\d+ @)", section[1], flags=re.M)[1:] if section else []
        return some(places.report(TASKS, re.sub(r"0x\S+|\+", "", " ".join(re.findall(r"^#\t\S+\t(\S+)", g, re.M)[:3])),
                                  f"{g.split()[0]} in " + ", ".join(f.split(".")[-1].split("+")[0] for f in
                                  re.findall(r"^#\t\S+\t(\S+)", g, re.M)[:4]), g, int(g.split()[0])) for g in groups)
    return read


def no_profile(name):
    return lambda text: f"profile {name}\nnone" in text


# --- runs ---


def fanalyzer(x, tip, twin):
    return ["gcc", *x.flags(tip, twin), "-fanalyzer", "-c", "-o", x.scratch(tip, twin, ".o"), f"{TREE}/{tip}/{twin}.c"]


def clang_tidy(x, tip, twin):
    checks = "-*,clang-analyzer-*,bugprone-*,concurrency-*,performance-*"
    return ["clang-tidy", "--quiet", f"--checks={checks}", f"--header-filter={TREE}/", f"{TREE}/{tip}/{twin}.c", "--", *x.flags(tip, twin)]


def cppcheck(x, tip, twin):
    return ["cppcheck", "--quiet", "--enable=warning,performance,portability", "--template={file}:{line}: {severity}: {message} [{id}]",
            *(f for f in x.flags(tip, twin) if f.startswith("-D")), "-Iruntime", "-Ipatterns", "-Ibench", f"{TREE}/{tip}/{twin}.c"]


def look(x, tip, twin):
    return [f"{x.folder}/look", tip, twin]


def look_asan(x, tip, twin):
    return [f"{x.folder}/asan/look", tip, twin, "malloc"]


def look_tsan(x, tip, twin):
    return ["setarch", x.machine, "-R", f"{x.folder}/tsan/look", tip, twin, "malloc"]


def memcheck(x, tip, twin):
    return ["valgrind", "--leak-check=full", "--show-leak-kinds=definite", "--num-callers=30", "--fullpath-after=",
            "--run-libc-freeres=no", "--fair-sched=yes", f"{x.folder}/look", tip, twin, "malloc"]


def go_twin(program):
    def command(x, tip, twin):
        return [f"{x.go_folder}/{program}", "one", tip, twin, *x.settings(tip)]
    return command


def go_vet(x, *_):
    return [*x.go, "vet", "./..."]


# U1000 is what nobody uses: of a scene's helpers, those that only the other twin needs.
def staticcheck(x, *_):
    return [*x.go[:-1], "PATH=/usr/bin:/bin", f"{x.folder}/staticcheck/staticcheck", "-checks=inherit,-U1000", "./..."]


@dataclass(frozen=True)
class Run:
    """How a tool is started; each run is started once for each twin, or once for all of them."""
    command: Callable
    env: tuple = ()
    for_all: bool = False  # in the folder with the Go twins, whose packages are called twinN
    quit: bool = False  # a process that hangs is asked with SIGQUIT what it is doing
    memory: str = "as"  # what the memory cap is on; "": the tool reserves too much for any, and has its own
    interrupted: int = None  # the exit status of a twin that was asked in the middle
    fine: tuple = ()  # exit statuses that mean that it worked; (): it is the twin's own


SANITIZER = "halt_on_error=0:exitcode=0:hard_rss_limit_mb=2000"
RUNS = {
    "fanalyzer": Run(fanalyzer, fine=(0,)),
    "clang-tidy": Run(clang_tidy, fine=(0, 1)),
    "cppcheck": Run(cppcheck, fine=(0,)),
    "look": Run(look, quit=True),
    "asan": Run(look_asan, (("ASAN_OPTIONS", f"{SANITIZER}:detect_leaks=1:detect_stack_use_after_return=1"),), memory=""),
    "tsan": Run(look_tsan, (("TSAN_OPTIONS", SANITIZER),), memory=""),
    "memcheck": Run(memcheck, memory=""),
    "vet": Run(go_vet, for_all=True, memory="data", fine=(0, 1, 2)),
    "staticcheck": Run(staticcheck, for_all=True, memory="data", fine=(0, 1)),
    "go": Run(go_twin("twins"), quit=True, memory="data"),
    "go look": Run(go_twin("twins"), (("TWIN_LOOK", "30"),), memory="data", interrupted=3),
    "race": Run(go_twin("race"), memory=""),
}

SEEN_BY_GCC = r"(?:warning|error): (.*)"
SEEN_BY_GO = r"\.go:\d+(?::\d+)?: (.*)"


@dataclass(frozen=True)
class Tool:
    name: str
    lang: str
    run: str
    read: Callable
    version: tuple  # the command that says it; its first line with a digit is shown
    needs: str = ""  # a command
    built: str = ""  # a file that the makefile makes of it where it can
    brings: str = ""  # what to install
    absent: Callable = lambda text: False  # this release has no such thing


TOOLS = (
    Tool("gcc -fanalyzer", "c", "fanalyzer", read_lines(r"warning: (.*\[-Wanalyzer-[\w-]+\])"), ("gcc", "--version"), "gcc", brings="gcc"),
    Tool("clang-tidy", "c", "clang-tidy", read_lines(SEEN_BY_GCC), ("clang-tidy", "--version"), "clang-tidy", brings="clang-tidy"),
    Tool("cppcheck", "c", "cppcheck", read_lines(r"(?:warning|error|performance|portability): (.*)"), ("cppcheck", "--version"), "cppcheck", brings="cppcheck"),
    Tool("ASan, LSan", "c", "asan", both(read_blocks(r"==\d+==ERROR: AddressSanitizer", r"^SUMMARY", MEMORY),
                                         read_blocks(r"(?:Direct|Indirect) leak of", r"^$", MEMORY)),
         ("gcc", "--version"), built="asan/look", brings="gcc"),
    Tool("TSan", "c", "tsan", read_blocks(r"WARNING: ThreadSanitizer", r"^={10}", RACE), ("clang", "--version"), built="tsan/look", brings="clang libclang-rt-dev"),
    Tool("memcheck", "c", "memcheck", both(read_blocks(r"==\d+== (?:Invalid|Conditional|Use of|Syscall param)", r"^==\d+== $", MEMORY),
                                           read_blocks(r"==\d+== [\d,]+ (?:\([^)]*\) )?bytes in .* definitely lost", r"^==\d+== $", MEMORY)),
         ("valgrind", "--version"), "valgrind", brings="valgrind"),
    Tool("runtime", "c", "look", read_end, (), built="look"),  # the run itself: its panic, or its deadlock detector
    Tool("dump", "c", "look", read_dump, (), built="look"),  # runtime/dump.h, when all requests are served
    Tool("proof", "c", "look", read_proof, (), built="look"),  # runtime/leak.h: tasks that nobody can wake
    Tool("go vet", "go", "vet", read_lines(SEEN_BY_GO), ("go", "version")),
    Tool("staticcheck", "go", "staticcheck", read_lines(SEEN_BY_GO), ("dpkg-query", "-W", "-f", "${Version}", "golang-honnef-go-tools-dev"),
         built="staticcheck/staticcheck", brings="golang-honnef-go-tools-dev"),
    Tool("go -race", "go", "race", read_blocks(r"WARNING: DATA RACE", r"^={10}", RACE), ("go", "version"), built="{go}/race"),
    Tool("runtime", "go", "go", read_end, ("go", "version"), built="{go}/twins"),  # the run itself: its panic, or its deadlock detector
    Tool("goroutine", "go", "go look", read_profile("goroutine"), ("go", "version"), built="{go}/twins"),  # the profile, when all requests are served
    Tool("goroutineleak", "go", "go look", read_profile("goroutineleak"), ("go", "version"), built="{go}/twins",
         absent=no_profile("goroutineleak")),  # the profile; in 1.26 with GOEXPERIMENT=goroutineleakprofile
)


def missing(tool, folder, go_folder, go=()):
    """Why it is not here, in a line; "": it is."""
    if tool.run == "staticcheck" and os.path.realpath(go[-1]) != os.path.realpath("/usr/bin/go"):
        return "it is built with Debian's own Go, and reads the packages of that release alone"
    built = Path(folder) / tool.built.replace("{go}", str(go_folder))
    if tool.needs and not shutil.which(tool.needs):
        return f"there is no {tool.needs}; {tool.brings} brings it"
    if tool.built and not built.exists():
        return f"it could not be built here{': ' + tool.brings + ' brings what it needs' if tool.brings else ''}"
    return ""
