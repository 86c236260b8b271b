# SPDX-License-Identifier: MIT
"""stored.py - the tables of a run, read as the harness reads them.

A line is a row if it has as many fields as the header, no quote that is not closed and no NUL byte; a row of
samples.csv must also have a number, or one of a few words, where its column wants one.  bench/inside/csv.c and sample.c say
so of the same lines.  Whatever else stands in a file costs itself only, and is said, by the
numbers of its lines."""

import errno
import json
import math
import os
import re
import stat
import sys

FIELD = re.compile(r'(?:^|,)("[^"]*"(?=,|$)|(?!")[^,]*)')
INTEGER = re.compile(r"[-+]?[0-9]+")  # of decimal digits; int() and float() would take " 5" and "1_000", too
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][-+]?[0-9]+)?")
RELEASE = re.compile(r"go[0-9]+\.[0-9]+")  # an executor of any Go
LONGEST = 64  # bytes of a field in samples.csv (SAMPLE_TEXT in bench/inside/sample.h)
NAMED = 6  # lines that are named, of those that are no rows


class Trouble(Exception):
    """One line for the reader: what is wrong and what to do."""


def to_number(text):
    """None for what is no number: empty, nan, an interval without an end."""
    return float(text) if NUMBER.fullmatch(text) and math.isfinite(float(text)) else None


def open_file(path):
    """A file's bytes, to be read.  A pipe in its place is not waited for."""
    f = open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))
    if stat.S_ISREG(os.fstat(f.fileno()).st_mode):
        return f
    f.close()
    raise OSError(errno.EINVAL, "no regular file")


def content(path):
    with open_file(path) as f:
        return f.read()


def load(path, hint=""):
    """The object in a JSON file.  One that cannot be read is said and is empty; if there is none,
    the hint says where it comes from, or nobody needs it."""
    try:
        found = json.loads(content(path))
        if isinstance(found, dict):
            return found
        why = "it holds something else"
    except (OSError, ValueError, RecursionError) as e:
        why = getattr(e, "strerror", "") or " ".join(str(e).split())[:120]
    if hint:
        raise Trouble(f"{path} cannot be read ({why}); {hint}")
    if path.exists():
        print(f"twinbench: {path} cannot be read ({why}); nothing is taken from it", file=sys.stderr)
    return {}


def fields_of(line):
    """Those of a line of a CSV file, of which one with a comma stands in quotes; none if a quote is not closed."""
    text = line.decode(errors="replace")
    found = FIELD.findall(text)
    return [f[1:-1] if f.startswith('"') else f for f in found] if ",".join(found) == text else []


def rows(path, numbers=(), needed=(), sound=lambda row: True, **allowed):
    """The rows of a CSV file as dicts, those columns as numbers, these holding one of a few words;
    none if the file is not there."""
    try:
        first, *lines = content(path).split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as e:
        raise Trouble(f"{path} cannot be read ({e.strerror}); take it away, and `make bench RESUME=1` makes what it can of the run again")
    names = fields_of(first)
    lacking = [name for name in needed if name not in names]
    if not lines or lacking:
        raise Trouble(f"{path}: line 1 is not its header{f', for there is no {lacking[0]} in it' if lacking else ''}; "
                      "`make bench RESUME=1` makes what it can of the run again")
    found, foreign, torn = [], [], lines.pop()  # behind the last newline there is nothing
    for number, line in enumerate(lines, 2):
        fields = fields_of(line)
        row = dict(zip(names, fields))
        if (b"\0" in line or len(fields) != len(names) or any(row.get(k, "") not in words for k, words in allowed.items())
                or not sound(row)):
            foreign.append(number)
            continue
        found.append(row | {k: to_number(row[k]) for k in numbers if k in row})
    foreign += [len(lines) + 2] * bool(torn)
    if foreign:
        which = ", ".join(map(str, foreign[:NAMED])) + f" and {len(foreign) - NAMED} more" * (len(foreign) > NAMED)
        words = "line of {} is not a row: line {}; it is" if len(foreign) == 1 else "lines of {} are not rows: lines {}; they are"
        print(f"twinbench: {len(foreign)} {words.format(path, which)} left out", file=sys.stderr)
    return found


def is_number(text, kind):
    """Can a column of that kind hold it?  A measure that is not known is empty."""
    if not text:
        return kind != "SETTING"
    if kind != "MEASURED" and not (INTEGER.fullmatch(text) and -2**63 <= int(text) < 2**63):
        return False
    n = to_number(text)
    return n is not None and (n >= 0 or kind in ("EXACT", "BOUNDED"))


def fits(text, column):
    """Can that column hold it?"""
    if len(text.encode()) >= LONGEST:
        return False
    if column["kind"] != "TEXT":
        return is_number(text, column["kind"])
    return "words" not in column or text in column["words"] or column["name"] == "lang" and bool(RELEASE.fullmatch(text))


def samples(path, columns):
    """The rows of samples.csv, of which these columns are known."""

    def sound(row):
        timed = row["kind"] == "time" and row["outcome"] == "OK" and "wall_ns" in row
        return (row["tip"] and all(fits(row[c["name"]], c) for c in columns if c["name"] in row)
                and not (timed and (to_number(row["wall_ns"]) or 0) <= 0))

    return rows(path, needed=("tip", "twin", "lang", "kind", "outcome"), sound=sound)
