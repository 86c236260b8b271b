# SPDX-License-Identifier: MIT
"""vet.py - may this object be linked into the program that measures it?

A twin shares its address space with the counters it is judged by.  So before it runs, its object is
looked at: what it defines, what it calls, which sections, relocations and instructions it has.  A twin needs
the runtime's headers, its scene and a part of libc; what it refers to beyond that is named, and the file is not
run.  Nothing here goes by what the compiler's output looks like: it goes by what the object is."""

import difflib
import io
import re

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile

import fence
from source import Unfit

MOST_CODE = 1 << 20
MOST_SYMBOLS = 20000
MOST_OWN = 2 << 20  # bytes of variables, as GRADE_HELD_BYTES: what no malloc has given can be lost without a trace

# libc's functions that keep nothing, ask nobody and wait for nothing, by kind; those that tell on stdout.
LIBC = """malloc calloc realloc reallocarray free aligned_alloc posix_memalign
memcpy memmove memset memcmp memchr memrchr memmem mempcpy memccpy rawmemchr explicit_bzero bcmp bcopy bzero
strlen strnlen strcmp strncmp strcasecmp strncasecmp strcoll strcpy strncpy stpcpy stpncpy strlcpy strlcat strcat
strncat strchr strrchr strchrnul strstr strcasestr strspn strcspn strpbrk strsep strtok strtok_r strdup strndup
strerror strerror_r strverscmp strtol strtoul strtoll strtoull strtoimax strtoumax strtod strtof strtold atoi atol atoll
atof abs labs llabs div ldiv lldiv imaxabs imaxdiv qsort qsort_r bsearch ffs ffsl ffsll rand_r random_r
isalnum isalpha isascii isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit toascii tolower
toupper ctype_b_loc ctype_tolower_loc ctype_toupper_loc iswalpha iswdigit iswspace towlower towupper
snprintf sprintf vsnprintf vsprintf asprintf vasprintf sscanf printf vprintf puts putchar putc fprintf fputs fputc
fwrite fflush tsearch tfind tdelete twalk twalk_r tdestroy lfind lsearch hcreate_r hsearch_r hdestroy_r insque remque
sincos sincosf stdout stderr abort assert_fail assert_perror_fail assert stack_chk_fail chk_fail errno_location
GLOBAL_OFFSET_TABLE_ tls_get_addr timespec_get clock_gettime time""".split()
LIBC_KINDS = re.compile("|".join((
    r"(?:{})".format("|".join(map(re.escape, LIBC))),
    # mathematics, in each of the three widths
    r"(?:a?(?:sin|cos|tan)h?|atan2|exp(?:2|10|m1)?|log(?:2|10|1p|b)?|pow|sqrt|cbrt|hypot|floor|ceil|round(?:even)?|trunc|"
    r"l?l?rint|l?lround|nearbyint|f(?:abs|mod|dim|max|min|ma)|remainder|remquo|frexp|ldexp|modf|scalbl?n|ilogb|copysign|"
    r"nextafter|nexttoward|erfc?|[lt]gamma|nan|significand|isnan|isinf|finite)[fl]?")))
# What a compiler calls for arithmetic that the processor does not have.
HELPERS = re.compile(r"__(?:u?(?:div|mod|divmod)|mul|mulo|ashl|ashr|lshr|neg|negv|abs|absv|addv|subv|mulv|powi|cmp|ucmp|clz|ctz|ffs|"
                     r"parity|popcount|bswap|fix|fixuns|float|floatun|extend|trunc|pow|add|sub|eq|ne|lt|le|gt|ge|unord)"
                     r"(?:[qhsdtxo][ifc]){1,2}[234]?")
# In the headers, but for whoever starts the runtime, or for a dump into any descriptor.
NOT_FOR_TWINS = set("""task_main task_set_workers task_hold task_release_at task_inject_at heap_use gc_enable
dump_tasks dump_pprof dump_pprof_leaked dump_counts""".split())
KNOWN_SECTIONS = re.compile(r"\.?(text|data|rodata|bss|tdata|tbss|comment|note|eh_frame|debug_|group|symtab|strtab|"
                            r"shstrtab|sdata|srodata|data\.rel\.ro)")
TRAPS = re.compile(rb"\t(syscall|sysenter|int\b|int3|vmcall|in\b|out\b|hlt|svc|hvc|smc|brk|msr|mrs|wrpkru|xrstor)")
WRITE, ALLOC, EXECUTE = 1, 2, 4  # a section's flags


def readable(names):
    """Any name as printable text."""
    return "".join(c if c.isprintable() else "?" for c in names)[:80] or "(no name)"


def libc(name):
    """Is it libc's and harmless?  In each spelling that headers and compilers have for it."""
    plain = re.sub(r"^(__isoc\d+_|__builtin_|__|_)|(_chk|_internal|_finite)$", "", name)
    plain = re.sub(r"^(__isoc\d+_|__|_)|(_chk)$", "", plain)
    return bool(LIBC_KINDS.fullmatch(name) or LIBC_KINDS.fullmatch(plain) or HELPERS.fullmatch(name)
                or name == "_GLOBAL_OFFSET_TABLE_")


# --- what there is --------------------------------------------------------------------------

def symbols(elf):
    """[(name, how it is bound, of what kind, where)] of all but sections and files."""
    table = elf.get_section_by_name(".symtab")
    if not table:
        return []
    if table.num_symbols() > MOST_SYMBOLS:
        raise Unfit(f"has {table.num_symbols():,} symbols; a twin has some dozens")
    return [(s.name, s["st_info"]["bind"], s["st_info"]["type"], s["st_shndx"]) for s in table.iter_symbols()]


def undefined(elf):
    return {name for name, _, _, where in symbols(elf) if where == "SHN_UNDEF" and name}


def defined(elf):
    return {name for name, bind, _, where in symbols(elf) if where != "SHN_UNDEF" and bind != "STB_LOCAL"}


def open_object(data):
    return ELFFile(io.BytesIO(data))


def of_file(path):
    return open_object(path if isinstance(path, bytes) else path.read_bytes())


def pointers(elf, name):
    """Where in the object of that name something is pointed to; a twin's op is at 0, and its set-up behind it."""
    table = elf.get_section_by_name(".symtab")
    twin = next(s for s in table.get_symbol_by_name(name) if s["st_info"]["bind"] == "STB_GLOBAL")
    places = (r["r_offset"] - twin["st_value"] for section in elf.iter_sections()
              if section["sh_type"] == "SHT_RELA" and section["sh_info"] == twin["st_shndx"] for r in section.iter_relocations())
    return {p for p in places if 0 <= p < twin["st_size"]}


def known(tree, tip, build, symbol):
    """(what a twin of this tip may refer to, what it may not define, where it may point); symbol: of its face, a name."""
    here = build / "patterns" / tip
    harness = defined(of_file(build / "harness.o"))
    code = re.sub(r"/\*.*?\*/|^\s*#\s*include.*?$", " ", "\n".join(p.read_text() for p in tree), flags=re.S | re.M)
    words = set(re.findall(r"\w+", code))
    asked_for, points = set(), set()
    for face in ("bad", "good"):
        twin = of_file(here / f"{face}.o")
        asked_for |= undefined(twin)
        points |= pointers(twin, symbol(face))
    return (words & harness) - NOT_FOR_TWINS | asked_for, harness | defined(of_file(here / "tip.o")), points


# --- what it is ------------------------------------------------------------------------------

def check_sections(elf):
    own = 0
    for section in elf.iter_sections():
        kind, flags, name = section["sh_type"], section["sh_flags"], section.name
        number = kind if isinstance(kind, int) else None
        starts = kind in ("SHT_INIT_ARRAY", "SHT_FINI_ARRAY", "SHT_PREINIT_ARRAY") \
            or re.match(r"\.(init|fini|ctors|dtors|preinit)", name)
        if starts:
            raise Unfit(f"has code that would run before or after everything else (a constructor, section {readable(name)})")
        if number is not None and number not in (0x70000001, 0x70000003, 0x6FFF4C03):
            raise Unfit(f"has a section of a kind ({number:#x}) that C does not make")
        if flags & ALLOC and flags & WRITE and flags & EXECUTE:
            raise Unfit("has code that can be written to")
        if not KNOWN_SECTIONS.match(name) and name and not re.match(r"\.rela?\.", name):
            raise Unfit(f"has a section {readable(name)}, which plain C does not make")
        if flags & EXECUTE and section["sh_size"] > MOST_CODE:
            raise Unfit(f"has {section['sh_size']:,} bytes of code; a twin has some hundreds")
        own += section["sh_size"] if flags & ALLOC and flags & WRITE else 0
    if own > MOST_OWN:
        raise Unfit(f"has {own:,} bytes of variables of its own, and {MOST_OWN:,} at most are let in: take memory from malloc, "
                    "and give it back")


def meant(name, may):
    """The known name that is nearest to a mistyped one.  Macros of the runtime add _at to what is written."""
    near = difflib.get_close_matches(name, {known.removesuffix("_at") for known in may}, 1, 0.8)
    return f"; did you mean {near[0]}?" if near else ""


def check_symbols(elf, symbol, may, taken, points):
    twin = None
    for name, bind, kind, where in symbols(elf):
        shown = readable(name)
        if kind in ("STT_LOOS", "STT_GNU_IFUNC", 10):
            raise Unfit(f"has a function that is chosen while the program is loaded (ifunc): {shown}")
        if bind not in ("STB_LOCAL", "STB_GLOBAL", "STB_WEAK"):
            raise Unfit(f"has a symbol that takes the place of everybody's (unique): {shown}")
        if where in ("SHN_COMMON", 0xFF02) or kind == "STT_COMMON":
            raise Unfit(f"has a common symbol, which could be another one's: {shown}")
        if bind == "STB_LOCAL" or not name:
            continue
        if where == "SHN_UNDEF":
            if name not in may and not libc(name):
                raise Unfit(f"refers to {shown}, which a twin has no use for{meant(name, may)}")
        elif name in taken or libc(name):
            raise Unfit(f"defines {shown}, which the harness has already")
        elif name == symbol:
            twin = (kind, where)
    if not twin or twin[0] != "STT_OBJECT" or not isinstance(twin[1], int):
        raise Unfit("defines no twin: its last line must be `const struct twin THIS = { op };`")
    if not pointers(elf, symbol) <= points:  # before the first reading of the counts, and behind the last
        raise Unfit("has a set-up or a tear-down of its own, which no twin of this tip has")


def check_instructions(path):
    """A friendly word; what is hidden from it ends in the fence."""
    done = fence.run(["objdump", "-d", "--no-show-raw-insn", "/twin.o"], [(path, "/twin.o")], seconds=10)
    found = TRAPS.search(done.out)
    if found:
        raise Unfit(f"calls the kernel by itself (instruction {found[1].decode()})")


def check(path, symbol, may, taken, points):
    """path defines `symbol` and is fit to be linked; else Unfit."""
    try:
        elf = of_file(path)
        check_sections(elf)
        check_symbols(elf, symbol, may, taken, points)
    except (ELFError, ValueError, KeyError, TypeError, AttributeError, UnicodeError, OverflowError) as e:
        raise Unfit(f"becomes an object that cannot be read: {readable(str(e))}") from None
    check_instructions(path)


def check_program(program, like):
    """The linked program (its bytes, like the other's) has what the good twin's has that runs by itself."""
    def starts(elf):
        found = {}
        for section in elf.iter_sections():
            if section["sh_type"] in ("SHT_INIT_ARRAY", "SHT_FINI_ARRAY", "SHT_PREINIT_ARRAY") or section.name in (".init", ".fini"):
                found[section.name] = section["sh_size"]
            if section["sh_type"] == "SHT_RELA":
                found["ifunc"] = found.get("ifunc", 0) + sum(r["r_info_type"] in (37, 1032) for r in section.iter_relocations())
        return found
    if starts(open_object(program)) != starts(open_object(like)):
        raise Unfit("would run code before the program begins")


# --- the headers ---------------------------------------------------------------------------

def headers(root, tree):
    """The headers of ours that twins and scenes of that tree include, and what those include in turn."""
    found, todo = set(), sorted(tree.glob("*/*/*.[ch]"))
    todo = [p for p in todo if p.name in ("scene.h", "bad.c", "good.c")]
    while todo:
        for name in re.findall(r'^\s*#\s*include\s+"([\w./-]+)"', todo.pop().read_text(), re.M):
            for folder in ("runtime", "patterns"):
                path = root / folder / name
                if path.exists() and path not in found:
                    found.add(path)
                    todo.append(path)
    return sorted(found)
