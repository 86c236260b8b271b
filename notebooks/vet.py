# SPDX-License-Identifier: MIT
"""vet.py - may this object be linked into the program that measures it?

A twin shares its address space with the counters it is judged by.  So before it runs, its
object is looked at: what it defines, what it calls, which sections and which instructions
it has.  A twin needs the runtime's headers, its scene and a handful of libc; what it refers
to beyond that is named, and the file is not run.

This stops every way out that C offers: exit, fork, system, open, write, a constructor, a
main, another allocator, the harness's own functions.  It does not stop who computes the address of
a function from that of another one or walks the memory of the process: C cannot be fenced in from
inside.  Such code does not look like a twin of 20 lines, and a look at the file shows it."""

import re
import subprocess
from pathlib import Path

LIBC = """malloc calloc realloc free memcpy memmove memset memcmp memchr strlen strnlen strcmp strncmp strcpy
strncpy strcat strncat strchr strrchr strstr strtol strtoul strtoull atoi snprintf sprintf printf puts putchar fprintf
fputs fputc fwrite fflush stdout stderr qsort bsearch abs labs abort __assert_fail __stack_chk_fail
__errno_location _GLOBAL_OFFSET_TABLE_ __tls_get_addr""".split()
SECTIONS = re.compile(r"\.(text|data|rodata|bss|tdata|tbss|comment|note|eh_frame|debug_\w+|group|rela|symtab|strtab|"
                      r"shstrtab)\b")
TRAPS = re.compile(r"\t(syscall|sysenter|int\b|int3|vmcall|in\b|out\b|hlt)")
STARTERS = re.compile(r"\.(init|fini|ctors|dtors|preinit)")


class Refused(Exception):
    """One sentence about the object."""


def output(*words):
    return subprocess.run(words, check=True, text=True, errors="replace", stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=60).stdout


def symbols(path, *flags):
    """{name: type letter}"""
    lines = (l.split() for l in output("nm", *flags, str(path)).splitlines())
    return {l[-1]: l[-2] for l in lines if len(l) >= 2}


def sections(path):
    return [l.split()[1] for l in output("objdump", "-h", str(path)).splitlines() if re.match(r"\s+\d+ ", l)]


def known(tree, tip, build):
    """(what a twin of this tip may refer to, what it may not define)"""
    here = build / "patterns" / tip
    harness = symbols(build / "harness.o", "-g", "--defined-only")
    code = re.sub(r"/\*.*?\*/|^\s*#\s*include.*?$", " ", "\n".join(p.read_text() for p in tree), flags=re.S | re.M)
    words = set(re.findall(r"\w+", code))
    asked_for = set()
    for twin in ("bad.o", "good.o"):
        asked_for |= set(symbols(here / twin, "-u"))
    taken = set(harness) | set(symbols(here / "tip.o", "-g", "--defined-only"))
    libc = {form.format(name) for name in LIBC for form in ("{}", "__{}_chk", "__isoc23_{}")}
    return (words & set(harness)) | asked_for | libc, taken


def check_sections(path):
    for name in sections(path):
        if STARTERS.match(name):
            raise Refused(f"has code that would run before or after everything else (a constructor, section {name})")
        if not SECTIONS.match(name):
            raise Refused(f"has a section {name}, which plain C does not make")


def check_instructions(path):
    found = TRAPS.search(output("objdump", "-d", "--no-show-raw-insn", str(path)))
    if found:
        raise Refused(f"calls the kernel by itself (instruction {found[1]})")


def check(path, symbol, may, taken):
    """path defines `symbol` and is fit to be linked; else Refused."""
    defined = symbols(path, "-g", "--defined-only")
    for name in sorted(set(defined) & taken):
        raise Refused(f"defines {name}, which the harness has already")
    check_sections(path)
    check_instructions(path)
    if "i" in defined.values():
        raise Refused("has a function that is chosen while the program is loaded (ifunc)")
    if defined.get(symbol) not in ("R", "D", "B"):
        raise Refused("defines no twin: its last line must be `const struct twin THIS = { op };`")
    for name in sorted(set(symbols(path, "-u")) - may):
        raise Refused(f"refers to {name}, which a twin has no use for")


def hide(path, symbol):
    """All of the object's names but the twin's become its own business."""
    subprocess.run(["objcopy", f"--keep-global-symbol={symbol}", str(path)], check=True, timeout=60)


def headers(root):
    """The headers that twins and scenes include, and what those include in turn."""
    found, todo = set(), sorted(root.glob("patterns/*/*/*.[ch]"))
    todo = [p for p in todo if p.name in ("scene.h", "bad.c", "good.c")]
    while todo:
        for name in re.findall(r'^\s*#\s*include\s+"([\w./-]+)"', todo.pop().read_text(), re.M):
            for folder in ("runtime", "patterns"):
                path = root / folder / name
                if path.exists() and path not in found:
                    found.add(path)
                    todo.append(path)
    return sorted(found)
