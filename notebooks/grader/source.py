# SPDX-License-Identifier: MIT
"""source.py - is this text the text of a twin?

Looked at twice.  As it was written: directives that hide who is who from a tool, and conditions that
ask which tool is at work.  After the preprocessor, when no macro can hide a word any more: assembly,
attributes that are not on the list of harmless ones, and the words by which the runtime's headers reach
their own counters.  Whatever a header wrote is not held against the file; where it begins and ends, the
preprocessor says, and the file cannot, for #line is refused.

This is a friendly first message.  The walls are fence.py's."""

import errno
import os
import re
import stat

LARGEST = 64 << 10  # a twin has 40 lines

ATTRIBUTES = set("""aligned always_inline cleanup cold const deprecated fallthrough flatten format gnu_inline hot
leaf malloc may_alias noclone noinline noipa nonnull noreturn nothrow packed pure returns_nonnull returns_twice
transparent_union unused used vector_size warn_unused_result access alloc_size alloc_align nonstring sentinel
designated_init counted_by artificial assume_aligned mode __noreturn__ error warning""".split())
PRAGMAS = re.compile(r"\s*(once|STDC\b.*|GCC\s+(diagnostic|unroll|ivdep)\b.*|clang\s+(diagnostic|loop)\b.*|omp\s+simd.*)?\s*$")
ASKS = re.compile(r"__(clang|GNUC|GNUG|SANITIZE|has_|OPTIMIZE|NO_INLINE|llvm|VERSION|VALGRIND|SSP|PIC|PIE|INCLUDE_LEVEL)"
                  r"\w*|__building_module")
ASM = {"asm", "__asm", "__asm__"}
INTERNAL = set("""worker_head_self task_head_self worker_here worker_self worker_head task_head task_here cleanup_counts cleanup_push sched
task_slabs __builtin_thread_pointer __builtin_return_address __builtin_frame_address __builtin_extract_return_addr
__builtin_setjmp __builtin_longjmp __builtin_apply __builtin_apply_args __builtin_return __builtin_object_size
_fileno _flags _flags2 _chain _lock _cookie _offset _codecvt _wide_data _freeres_list _vtable_offset __builtin_constant_p __builtin_dynamic_object_size
__seg_fs __seg_gs __builtin___clear_cache __builtin_init_trampoline __builtin_has_attribute __builtin_choose_expr""".split())

# What instrumented code calls: whoever defines one of these has put out an eye of the tool.
TOOLS = re.compile(r"_*(?:asan|tsan|ubsan|lsan|msan|hwasan|sanitizer|sancov|cyg_profile|interceptor)_\w+")

TOKEN = re.compile(r'''(?P<space>\s+)|(?P<word>[^\W\d]\w*)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')'''
                   r'''|(?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)|(?P<other>.)''', re.S)
RAW = re.compile(r'\b(?:u8|[uUL])?R"')


# Reasons why a file cannot be opened that are not its student's.
NOT_HIS = {errno.EINTR, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ESTALE, errno.ETIMEDOUT, errno.EAGAIN}


NO_FILE = "is not a file but a folder, a pipe, a socket or a device"


class Unfit(Exception):
    """Why a file does not get as far as running; one sentence."""


# --- the file -----------------------------------------------------------------------------

def read(name, folder=None):
    """Its bytes, and a remark.  A regular file, itself and no link to another; folder: a descriptor.  OSError: it
    cannot be read now."""
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError as e:
        if e.errno in NOT_HIS:
            raise
        if e.errno == errno.ENXIO:
            raise Unfit(NO_FILE) from None
        link = e.errno == errno.ELOOP
        raise Unfit("is a link, and links are not followed: hand in the file itself" if link else
                    f"there is no such file to read: {e.strerror}") from None
    try:
        is_file = stat.S_ISREG(os.fstat(fd).st_mode)
        if is_file:
            os.set_blocking(fd, True)
            data, size = read_up_to(fd, LARGEST + 1), os.fstat(fd).st_size
    finally:
        os.close(fd)
    if not is_file:
        raise Unfit(NO_FILE)
    return data, judge_bytes(data, max(size, len(data)))


def read_up_to(fd, most):
    data = b""
    while len(data) < most and (more := os.read(fd, most - len(data))):
        data += more
    return data


def judge_bytes(data, size):
    if size > LARGEST:
        raise Unfit(f"is {size:,} bytes long; a twin has about 40 lines, and {LARGEST:,} bytes are read at most")
    if not data.strip():
        raise Unfit("is empty")
    if b"\0" in data:
        raise Unfit(f"is not text: byte {data.index(0)} is 0")
    try:
        data.decode()
    except UnicodeDecodeError as e:
        return f"line {data[:e.start].count(10) + 1} is not UTF-8; graded all the same"
    return ""


# --- as it was written ----------------------------------------------------------------------

def without_comments(text):
    """Comments become spaces, lines keep their numbers; what is in quotes stays."""
    def blank(m):
        return m[0] if m[0][0] in "\"'" else re.sub(r"[^\n]", " ", m[0]) or " "
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def spliced(text):
    """The text with its lines joined where a backslash ends them, and for each of the new lines its old number."""
    parts = re.split(r"(?:\\|\?\?/)[ \t]*\n", text)
    numbers, old = [1], 1
    for k, part in enumerate(parts):
        old += k > 0
        for _ in range(part.count("\n")):
            old += 1
            numbers.append(old)
    return "".join(parts), numbers


def directives(text):
    """(line, its word, the rest) of each."""
    joined, numbers = spliced(text)
    for n, line in zip(numbers, without_comments(joined).split("\n")):
        found = re.match(r"\s*(?:#|%:|\?\?=)\s*(\w*)(.*)", line, re.S)
        if found:
            yield n, found[1], found[2]


def check_pragma(n, rest):
    if not PRAGMAS.match(rest):
        raise Unfit(f"line {n}: #pragma {' '.join(rest.split())} has no use in a twin")


def check_written(data):
    text = re.sub(r"\r\n?|\v|\f", lambda m: "\n" if m[0][0] == "\r" else " ", data.decode("latin-1"))
    if RAW.search(text):
        raise Unfit("has a raw string, which is C++")
    for n, word, rest in directives(text):
        if word == "line" or word.isdigit() or word in ("include_next", "import", "embed", "ident", "sccs", "assert"):
            raise Unfit(f"line {n}: #{word} has no use in a twin")
        if word == "pragma":
            check_pragma(n, rest)
        asks = ASKS.search(rest)
        if asks and word != "include":
            raise Unfit(f"line {n}: asks for {asks[0]}: a twin is the same under every compiler and every tool")


# --- after the preprocessor ---------------------------------------------------------------

def lines(preprocessed):
    """(file, line, text) of each."""
    file, line = "", 0
    for text in preprocessed.split("\n"):
        marker = re.match(r'# (\d+) "((?:\\.|[^"\\])*)"', text)
        if marker:
            file, line = marker[2], int(marker[1])
            continue
        yield file, line, text
        line += 1


def own_text(preprocessed, name):
    """[(line, text)]: what the file itself contributed."""
    return [(line, text) for file, line, text in lines(preprocessed) if file.endswith(name)]


def headers_text(preprocessed, name):
    """{header: its words}: what our headers contributed, in the order in which they came."""
    found = {}
    for file, _, text in lines(preprocessed):
        if file.startswith("/src/") and not file.endswith(name):
            found.setdefault(os.path.normpath(file), []).extend(
                m[0] for m in TOKEN.finditer(text) if m.lastgroup != "space")
    return found


def check_headers(found, plain):
    """A macro that stands before an #include can change what the header says, and with it the scene."""
    for header, words in found.items():
        if words != plain.get(header):
            raise Unfit(f"changes what {os.path.basename(header)} says, by a macro before its #include")


def tokens(lines):
    for n, text in lines:
        if text.lstrip().startswith("#"):  # as a macro can make it, too
            check_pragma(n, text.lstrip()[1:].lstrip().removeprefix("pragma"))
            continue
        for m in TOKEN.finditer(text):
            if m.lastgroup != "space":
                yield n, m[0]


def attributes(words, i):
    """The names in the list that words[i] == __attribute__ begins, and where it ends."""
    depth, names, after = 0, [], True
    for k in range(i + 1, len(words)):
        word = words[k][1]
        if depth == 2 and after and re.match(r"[^\W\d]", word):
            names.append(word)
        after = depth == 2 and word == "," or word == "(" and depth == 1
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return names, k
    return names, len(words)


def check_same(texts, name):
    """The file says the same under every tool: no macro that a tool brings along has changed it."""
    first, *others = ([w for _, w in tokens(own_text(t, name))] for t in texts)
    for other in others:
        if other != first:
            raise Unfit("is another text under another tool: a twin is the same under every compiler and every tool")


def check_preprocessed(text, name):
    words = list(tokens(own_text(text, name)))
    i = 0
    while i < len(words):
        n, word = words[i]
        if word in ASM:
            raise Unfit(f"line {n}: has assembly in it, which a twin has no use for")
        if word in INTERNAL or word.startswith("_IO_"):
            raise Unfit(f"line {n}: {word} is the business of the runtime, or of libc")
        if TOOLS.fullmatch(word):
            raise Unfit(f"line {n}: {word} is a name of the tools that look at the program")
        if word in ("[", "<:") and i + 1 < len(words) and words[i + 1][1] in ("[", "<:"):
            raise Unfit(f"line {n}: write attributes as __attribute__((...))")
        if word in ("__attribute__", "__attribute", "__declspec"):
            names, end = attributes(words, i)
            for found in names:
                if found not in ATTRIBUTES and found.strip("_") not in ATTRIBUTES:
                    raise Unfit(f"line {n}: the attribute {found} has no use in a twin")
            i += 1
            continue
        i += 1
