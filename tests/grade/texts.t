#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""texts.t - what is no text of a twin, what is no file, and names that would be commands."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("GRADE_GRACE", "300")  # ms; what never ends has this, and 20 times what good takes
sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases
import gradings

TIP = "leaks/range-unclosed"
MADE = {
    "empty": (b"", "is empty"),
    "binary": (b"\x7fELF\x02\x01\x01" + bytes(512), "is not text: byte 7 is 0"),
    "not-utf-8": (b'#include "scene.h"\nstatic int gr\xfc\xdfe;\n', "does not compile: student.c line 2"),
    "10-megabytes": (b"/* " + b"x" * (10 * (1 << 20) - 3), "is 10,485,760 bytes long; a twin has about 40 lines"),
}
# Each of these keeps a tool from seeing, or takes another's place, by a word that a macro or a comment could hide.
WORDS = {
    "#line": ('#line 1 "/runtime/x.c"\n', "#line has no use"),
    "a line marker": ('# 1 "/runtime/x.c"\n', "#1 has no use"),
    "#line by digraph": ('%:line 1 "x.c"\n', "#line has no use"),
    "#line behind a comment": ('/* */ # /* */ line 1 "x.c"\n', "#line has no use"),
    "#line over two lines": ('#\\\nline 1 "x.c"\n', "#line has no use"),
    "#line after a comment over two lines": ('/\\\n* */ #line 1 "x.c"\n', "#line has no use"),
    "#line behind a trigraph": ('??=line 1 "x.c"\n', "#line has no use"),
    "a pragma": ('#pragma clang attribute push(__attribute__((no_sanitize("thread"))), apply_to = function)\n', "#pragma"),
    "a pragma operator": ('_Pragma("GCC optimize 3")\n', "#pragma GCC optimize 3"),
    "a raw string": ('static const char *t = R"(\n# 1 "/usr/x.h"\n)";\n', "raw string"),
    "asm out of a macro": ("#define JOIN(a, b) a##b\nJOIN(__as, m__)(\"nop\");\n", "assembly"),
    "an asm label": ("extern int mine __asm__(\"stdout\");\n", "assembly"),
    "an attribute out of a macro": ("#define A(x) __attribute__((x))\nA(no_sanitize_thread) int f(void);\n", "no_sanitize_thread"),
    "an attribute in brackets": ("[[gnu::no_sanitize(\"thread\")]] int f(void);\n", "__attribute__|attribute"),
    "ifunc": ("static void *r(void) { return 0; }\nint f(void) __attribute__((ifunc(\"r\")));\n", "ifunc"),
    "alias": ("int g(void) { return 1; }\nint f(void) __attribute__((alias(\"g\")));\n", "alias"),
    "weak": ("int __attribute__((weak)) f(void);\n", "weak"),
    "section": ("int __attribute__((section(\".init_array\"))) f = 1;\n", "section"),
    "who compiles": ("#ifdef __SANITIZE_THREAD__\n#endif\n", "__SANITIZE_THREAD__"),
    "what there is": ("#if __has_feature(thread_sanitizer)\n#endif\n", "__has_feature"),
    "who optimizes, by a macro": ("#define W __OPTIMIZE__\n#ifdef W\n#endif\n", "__OPTIMIZE__"),
    "the worker by a joined word": ("#define J(a, b) a##b\nvoid *w(void) { return J(worker_, head_self)(); }\n", "worker_head_self"),
    "the thread pointer": ("void *w(void) { return __builtin_thread_pointer(); }\n", "__builtin_thread_pointer"),
    "a common symbol": ("int environ_of_mine;\n__attribute__((common)) int c;\n", "common"),
    "a name of libc": ("int puts(const char *s) { return s != 0; }\n", "defines puts"),
}
TWIN = 'static uint64_t op(struct scene *s, uint64_t i) { (void)s; return i; }\nconst struct twin THIS = { op };\n'


def look(text, vetted=True):
    return gradings.first_look(gradings.grade_text(TIP, text, "", vetted)).partition(": ")[2]


def files(tap):
    """What is no text of a twin, and what is no file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, (data, words) in MADE.items():
            (folder / kind).write_bytes(data)
            says = gradings.first_look(gradings.grade(TIP, str(folder / kind)))
            tap.say(words in says, f"a file that is {kind} gets its sentence", says)
        (folder / "good.c").symlink_to(cases.ROOT / "patterns" / TIP / "good.c")
        os.mkfifo(folder / "pipe.c")
        (folder / "folder.c").mkdir()
        for kind, words in (("good", "is a link"), ("pipe", "is not a file"), ("folder", "is not a file"), ("none", "no such file")):
            says = gradings.first_look(gradings.grade(TIP, str(folder / f"{kind}.c")))
            tap.say(words in says, f"{kind}.c is not opened", says)


def names(tap):
    """No make and no shell reads a name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for odd in ("$(shell touch f)';touch f;'.c", "-rf `touch f` $HOME\n.c"):
            (folder / odd).write_bytes(b"int x;\n")
            done = subprocess.run(["make", "-s", "-C", cases.ROOT, "grade", f"TIP={TIP}", f"SRC={folder / odd}"],
                                  text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            tap.say("defines no twin" in " ".join(done.stdout.split()), f"make grade takes the name {odd!r} as it is", done.stdout + done.stderr)
        tap.say(not list(folder.glob("f*")) and not (cases.ROOT / "f").exists(), "no name was run", os.listdir(folder))


def main():
    tap = cases.Tap()
    files(tap)
    for kind, (text, words) in WORDS.items():
        says = look(b'#include "scene.h"\n' + text.encode() + TWIN.encode())
        tap.say(re.search(words, says), f"{kind} is refused", says)
    nested = b'#include "scene.h"\nint z = ' + b"(" * 29000 + b"1" + b")" * 29000 + b";\n"
    says = look(nested)
    # gcc 14 runs out of its stack there.
    tap.say(re.search("defines no twin|does not compile|nested too deeply", says), "29,000 parentheses are no trouble", says)
    names(tap)
    return tap.end()


try:
    gradings.check_tip(TIP)
except gradings.fence.NoFence as e:
    sys.exit(print(f"1..0 # SKIP {e}"))
try:
    status = main()
finally:
    gradings.shelf.clear()
sys.exit(status)
