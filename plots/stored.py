# SPDX-License-Identifier: MIT
"""stored.py - the tables of a run, read as the harness reads them.

A line is a row if it has as many fields as the header and holds no NUL byte; a row is one of
samples.csv if its fields hold what their columns are to hold.  bench/inside/csv.c and probe.c say
so of the same lines.  Whatever else stands in a file costs itself only, and is said, by the
numbers of its lines."""

import json
import math
import sys

NAMED = 6  # lines that are named, of those that are no rows


class Trouble(Exception):
    """One line for the reader: what is wrong and what to do."""


def to_number(text):
    """None for what is no number: empty, nan, an interval without an end."""
    try:
        return float(text) if math.isfinite(float(text)) else None
    except ValueError:
        return None


def load(path):
    """The object in a JSON file; empty if there is none, which is said unless there is no file."""
    try:
        found = json.loads(path.read_bytes())
        if isinstance(found, dict):
            return found
        why = "it holds something else"
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as e:
        why = " ".join(str(e).split())[:120]
    print(f"twinbench: {path} cannot be read ({why}); nothing is taken from it", file=sys.stderr)
    return {}


def say_foreign(path, foreign):
    if not foreign:
        return
    one, more = len(foreign) == 1, f" and {len(foreign) - NAMED} more" if len(foreign) > NAMED else ""
    print(f"twinbench: {len(foreign)} line{'' if one else 's'} of {path} {'is not a row' if one else 'are not rows'}: "
          f"line{'' if one else 's'} {', '.join(map(str, foreign[:NAMED]))}{more}; "
          f"{'it is' if one else 'they are'} left out", file=sys.stderr)


def rows(path, numbers=(), needed=(), sound=lambda row: True):
    """The rows of a CSV file as dicts, those columns as numbers; none if the file is not there."""
    try:
        first, *lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    names = first.decode(errors="replace").split(",")
    lacking = [name for name in needed if name not in names]
    if not lines or lacking:
        raise Trouble(f"{path}: line 1 is not its header{f', for there is no {lacking[0]} in it' if lacking else ''}; "
                      "`make bench RESUME=1` makes what it can of the run again")
    found, foreign = [], []
    for number, line in enumerate(lines, 2):
        fields = line.decode(errors="replace").split(",") if b"\0" not in line else []
        row = dict(zip(names, fields))
        if number > len(lines) and not line:
            break  # behind the last newline there is nothing
        if number > len(lines) or len(fields) != len(names) or not sound(row):
            foreign.append(number)
            continue
        row.update({k: to_number(row[k]) for k in numbers if k in row})
        found.append(row)
    say_foreign(path, foreign)
    return found


def is_number(text, kind):
    """Can a column of that kind hold it?  A measure that is not known is empty."""
    if not text:
        return kind != "SETTING"
    n = to_number(text)
    return n is not None and (n >= 0 or kind in ("EXACT", "BOUNDED"))


def samples(path, columns):
    """The rows of samples.csv, of which these columns are known."""
    kinds = {c["name"]: c["kind"] for c in columns if c["kind"] != "TEXT"}

    def sound(row):
        timed = row["kind"] == "time" and row["outcome"] == "OK"
        return bool(row["tip"]) and (all(is_number(row[name], kind) for name, kind in kinds.items() if name in row)
                and not (timed and "wall_ns" in row and not (to_number(row["wall_ns"]) or 0) > 0))

    return rows(path, needed=("tip", "twin", "lang", "kind", "outcome"), sound=sound)


def one_of(**words):
    """sound() of a table of which these columns hold one of a few words."""
    return lambda row: all(row.get(name, "") in known for name, known in words.items())
