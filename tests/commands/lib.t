#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""lib.t - runtime/FIRST.md, done as a new user would do it: install the library into a folder, and
compile what is on the page against that folder and nothing else.

Each function is one test; its name is the sentence that is true when it passes."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lib"))
import tap

B = os.environ.get("B", "build")
HOME = tempfile.TemporaryDirectory()
PREFIX = Path(HOME.name, "prefix")
WORK = Path(HOME.name, "work")
ENV = {**{k: v for k, v in os.environ.items() if k not in ("CFLAGS", "CPPFLAGS", "LDFLAGS", "CPATH", "LIBRARY_PATH")},
       "PKG_CONFIG_PATH": f"{PREFIX}/lib/pkgconfig", "LD_LIBRARY_PATH": f"{PREFIX}/lib", "TWIN_WORKERS": "2"}

PAGE = (ROOT / "runtime/FIRST.md").read_text()
PROGRAMS = dict(zip(re.findall(r"^`(\w+\.c)`:", PAGE, re.M), re.findall(r"^```c\n(.*?)^```$", PAGE, re.M | re.S)))
LINES = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)


def sh(text, status=0):
    said = subprocess.run(["sh", "-c", text], cwd=WORK, env=ENV, capture_output=True, text=True, timeout=600)
    assert said.returncode == status, (text, said.returncode, said.stdout[-1000:], said.stderr[-2000:])
    return said


def typed(of, which=0):
    """What the page has one type about that program."""
    found = [block for block in LINES if f" {of} " in block]
    return found[which]


def installed():
    return sorted(str(p.relative_to(PREFIX)) for p in PREFIX.rglob("*") if not p.is_dir())


def make(*words):
    said = subprocess.run(["make", "-C", ROOT, "-s", "--no-print-directory", f"B={B}", f"PREFIX={PREFIX}", *words],
                          capture_output=True, text=True, timeout=600)
    assert said.returncode == 0, (words, said.stdout[-500:], said.stderr[-1500:])


def it_installs_the_library_and_the_public_headers_alone():
    if not shutil.which("pkg-config"):
        raise tap.Skip("no pkg-config")
    make("install-lib")
    WORK.mkdir()
    for name, text in PROGRAMS.items():
        (WORK / name).write_text(text)
    public = {p.name for p in (ROOT / "runtime").glob("*.h")} | {"version.h"}
    headers = {p.removeprefix("include/twinbench/") for p in installed() if p.startswith("include/")}
    assert len(PROGRAMS) == 3 and {h for h in headers if "/" not in h} == public, headers
    assert {h for h in headers if "/" in h} == {"core/compiler.h", "core/defer_inline.h", "core/lock.h"}, headers
    rest = {p for p in installed() if not p.startswith("include/")}
    for name in ("runtime", "pages"):
        assert {f"lib/libtwinbench-{name}.a", f"lib/libtwinbench-{name}.so", f"lib/pkgconfig/twinbench-{name}.pc"} <= rest, rest
    version = (ROOT / "VERSION").read_text().strip()
    assert sh("pkg-config --modversion twinbench-runtime twinbench-pages").stdout.split() == [version, version]


def each_header_can_be_included_alone_by_gcc_and_as_strictly_as_our_own():
    for header in sorted((PREFIX / "include/twinbench").glob("*.h")):
        (WORK / "alone.c").write_text(f'#include "{header.name}"\nint main(void) {{ return 0; }}\n')
        sh("cc -std=gnu17 -Wall -Wextra -Wshadow -Werror -c alone.c $(pkg-config --cflags twinbench-runtime)")


def the_first_program_runs():
    said = sh(typed("first.c")).stdout
    assert said == "the sum of the first ten squares is 385\n", said
    assert "libtwinbench-runtime.so" in sh("ldd first").stdout


def it_runs_without_the_shared_library():
    said = sh(typed("first.c", 1)).stdout
    assert said == "the sum of the first ten squares is 385\n", said
    assert "libtwinbench" not in sh("ldd first").stdout


def names_inside_the_library_may_be_the_programs_own():
    own = "void park(void) {}\nvoid ready(void) {}\nvoid fatal(void) {}\nvoid say(void) {}\nint sched;\n"
    (WORK / "first.c").write_text(own + PROGRAMS["first.c"])
    sh(typed("first.c"))
    sh(typed("first.c", 1))


def a_program_that_is_stuck_says_what_the_page_says():
    said = sh(typed("stuck.c"), status=102).stderr
    (shown,) = re.findall(r"^```\n(fatal error.*?)^```$", PAGE, re.M | re.S)

    def without_numbers(text):
        return re.sub(r"task (?!1\b)\d+", "task N", text)
    head, task = shown.strip().split("\n\n")
    assert said.startswith(head + "\n\n"), said
    assert without_numbers(task) in without_numbers(said), said


def a_leak_in_a_test_of_ones_own_is_found():
    (WORK / "noleak.c").write_text("""#include "task.h"
#include "chan.h"
#include "dump.h"
#include "timer.h"
static void leak(void *c) { chan_recv(c, NULL); }
static void first(void *unused)
{
    uint64_t before = task_count();

    go(leak, chan_make(0, 0));
    task_sleep(10 * MS);
    if (task_count() > before)
        dump_tasks(1, DUMP_GROUPED);
    (void)unused;
}
int main(void) { return task_main(first, NULL); }
""")
    said = sh("cc -g -o noleak noleak.c $(pkg-config --cflags --libs twinbench-runtime) && ./noleak").stdout
    assert "1 [chan receive]:\n\twait at noleak.c:5 in leak\n\tstarted at noleak.c:10 in first" in said, said


def fetch(address):
    with urllib.request.urlopen(address, timeout=600) as answer:
        return answer.headers["Content-Type"], answer.read()


def its_pages_say_what_the_tasks_do():
    compile, run = typed("pages.c").strip().splitlines()
    sh(compile)
    with subprocess.Popen(["./pages"], cwd=WORK, env=ENV, stdout=subprocess.PIPE, text=True) as program:
        try:
            index = program.stdout.readline().strip()
            kind, page = fetch(index)
            links = re.findall(r'href="(.*?)"', page.decode())
            assert kind.startswith("text/html") and len(links) == 5 and b"pages" in page, page
            answers = {link: fetch(index.removesuffix("/debug") + link) for link in links}
            grouped = answers["/debug/tasks?debug=1"][1]
            assert sum(map(int, re.findall(rb"^(\d+) \[chan receive.*\]:\n.* in forgotten$", grouped, re.M))) == 100, grouped
            assert answers["/debug/tasks?debug=2"][1].count(b" in forgotten\n") == 100
            assert b" channels not yet freed" in answers["/debug/counts"][1], answers["/debug/counts"]
            for link in ("/debug/pprof/goroutine", "/debug/pprof/goroutineleak"):
                assert answers[link][1][:2] == b"\x1f\x8b", (link, answers[link][1][:60])
        finally:
            program.kill()


def it_leaves_nothing_behind():
    make("uninstall-lib")
    assert not installed(), installed()


sys.exit(tap.run(tap.tests_of(globals())))
