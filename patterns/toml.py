#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""toml.py FOLDER/tip.toml - the data of a pair in Go alone, as the tip.c that the build compiles.

pattern.h is the contract of every tip, and says what each of these means.  Here is a notation for
somebody who does not write C, and nothing that a tip.c could not say; what needs a function, such as
a set-up, is in the twins' own scene.go.

    dial = "OPS"                      # the parameter: OPS, SIZE, CLIENTS, RATE or WORKERS
    points = [4, 16, 64, 256]
    unit = "requests"

    [[says]]                          # what would be measured if the saying were true
    column = "tasks"
    bad = "FLAT"

    [[claims]]                        # what is measured
    column = "tasks"
    bad = "GROWS"
    good = "FLAT"
    why = "each request leaves a goroutine behind"

The first mistake is one line on standard error, with the number of its own."""

import functools
import re
import sys
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[1] / "bench/python"))
import broken_pipe

ROOT = Path(__file__).resolve().parent.parent
DIALS = ("OPS", "SIZE", "CLIENTS", "RATE", "WORKERS")
EXPECTED = {"FLAT": "FLAT", "GROWS": "GROWS", "FALLS": "FALLS", "OK": "IS_OK", "STUCK": "STUCK", "PANICS": "PANICS",
            "WRONG": "IS_WRONG", "DIES": "DIES", "SLOWER": "SLOWER", "SAME": "SAME", "NOT SLOWER": "NOT_SLOWER"}
MOST = {"points": 8, "says": 3, "claims": 8, "aged": 6}  # as in pattern.h
# {key: (its type in words, where it goes in struct claim or struct fact)}
CLAIM = {"column": ("text", ".column"), "bad": ("text", ".bad"), "good": ("text", ".good"), "ratio": ("number", ".ratio"),
         "refuted": ("yes or no", ".refuted"), "why": ("text", ".why"), "varies": ("text", ".varies"),
         "until": ("text", ".go.since"), "until_why": ("text", ".go.why")}  # from that release of Go on it is otherwise
FACT = {"what": ("text", ".what"), "since": ("text", ".since"), "probe": ("text", ".probe"), "claim": ("text", ".claim"),
        "gone": ("yes or no", ".gone"), "least": ("number", ".least"), "under": ("number", ".under"),
        "than_before": ("yes or no", ".than_before"), "cited": ("text", ".cited")}
SETTINGS = {key: ("whole number", f".{key}") for key in ("ops", "size", "clients", "rate", "workers")}
TIP = {"dial": "text", "points": "list", "unit": "text", "capped": "yes or no", "says": "tables", "claims": "tables",
       "aged": "tables", "defaults": "table"}


class Mistake(Exception):
    """In words, and the line of the file; 0: it is about all of it."""

    def __init__(self, words, line=0):
        super().__init__(words)
        self.line = line


class Source:
    """The text, to find again the line on which something stands: the parser does not keep it."""

    def __init__(self, text):
        self.lines = text.splitlines()

    def line(self, key, table="", n=0):
        """Of a key in the n-th table of that name; 0 where it is written in another way."""
        here, seen = "", {}
        for number, line in enumerate(self.lines, 1):
            if head := re.match(r"\s*\[+\s*(\w+)\s*\]+", line):
                here = head[1]
                seen[here] = seen.get(here, -1) + 1
                if not key and (here, seen[here]) == (table, n):
                    return number
            elif here == table and seen.get(here, 0) == n and re.match(rf"\s*{re.escape(key)}\s*=", line) and key:
                return number
        return 0


def is_a(value, kind):
    if kind in ("number", "whole number"):
        return isinstance(value, int if kind == "whole number" else (int, float)) and not isinstance(value, bool) and value >= 0
    return isinstance(value, {"text": str, "yes or no": bool, "list": list, "tables": list, "table": dict}[kind])


def check_keys(found, known, where, line):
    """Only these keys, each of its type."""
    for key, value in found.items():
        kind = known.get(key)
        kind = kind[0] if isinstance(kind, tuple) else kind
        if not kind:
            raise Mistake(f"{where} has no '{key}'; it may have {', '.join(known)}", line(key))
        if not is_a(value, kind):
            raise Mistake(f"{key} must be {'true or false' if kind == 'yes or no' else 'a ' + kind}, not {value!r}", line(key))
        if kind == "text" and not value.strip():
            raise Mistake(f"{key} is empty", line(key))


@functools.cache
def columns():
    """What can be claimed about: the table of all that is measured, and two that are no column."""
    return {"outcome", "time"} | set(re.findall(r"^ *COLUMN\((\w+), (?:EXACT|BOUNDED|MEASURED)",
                                               (ROOT / "bench/inside/sample.h").read_text(), re.M))


def quoted(text):
    """As a string of C."""
    return '"' + re.sub(r'[\\"?]', lambda c: "\\" + c[0], text).replace("\n", "\\n").replace("\t", "\\t") + '"'


def value_of(key, value):
    if key in ("bad", "good"):
        return EXPECTED[value]
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else repr(value)


def initializer(found, known):
    return "{ " + ", ".join(f"{known[key][1]} = {value_of(key, value)}" for key, value in found.items()) + " }"


def check_claim(claim, name, line):
    check_keys(claim, CLAIM, f"a table [[{name}]]", line)
    if "column" not in claim:
        raise Mistake(f"[[{name}]] names no column", line(""))
    if claim["column"] not in columns():
        raise Mistake(f"'{claim['column']}' is no column; they are in bench/COLUMNS.md, and \"outcome\" and \"time\"", line("column"))
    for twin in {"bad", "good"} & set(claim):
        claim[twin] = claim[twin].upper().replace("_", " ")
        if claim[twin] not in EXPECTED:
            raise Mistake(f"{twin} = '{claim[twin]}': it must be one of {', '.join(EXPECTED)}", line(twin))
    if ("until" in claim) != ("until_why" in claim):
        raise Mistake(f"[[{name}]] wants both until, a release of Go, and until_why, or neither", line("column"))
    if not {"bad", "good"} & set(claim):
        raise Mistake(f"[[{name}]] says nothing of bad nor of good", line("column"))


def tables(found, name, check, known, source):
    """The list of that name, as C."""
    every = found.get(name, [])
    for n, one in enumerate(every):
        line = lambda key, n=n: source.line(key, name, n)
        if not isinstance(one, dict):
            raise Mistake(f"{name} must be tables, as in [[{name}]]", source.line(name))
        check(one, name, line)
    if len(every) > MOST[name]:
        raise Mistake(f"there are {len(every)} of [[{name}]]; there may be {MOST[name]}", source.line("", name, MOST[name]))
    return "".join(f"        {initializer(one, known)},\n" for one in every)


def check_fact(fact, name, line):
    check_keys(fact, FACT, f"a table [[{name}]]", line)
    if "what" not in fact:
        raise Mistake(f"[[{name}]] does not say what", line(""))


def check_tip(found, source):
    line = lambda key: source.line(key)
    check_keys(found, TIP, "a tip", line)
    for key in ("dial", "points", "unit"):
        if key not in found:
            raise Mistake(f"it does not say its {key}")
    if found["dial"] not in DIALS:
        raise Mistake(f"dial = '{found['dial']}': it must be one of {', '.join(DIALS)}", line("dial"))
    points = found["points"]
    if not all(is_a(p, "whole number") and p > 0 for p in points) or sorted(set(points)) != points:
        raise Mistake("points must be whole numbers from 1 that rise", line("points"))
    if not 2 <= len(points) <= MOST["points"]:
        raise Mistake(f"points must be 2 to {MOST['points']}, not {len(points)}", line("points"))
    check_keys(found.get("defaults", {}), SETTINGS, "[defaults]", lambda key: source.line(key, "defaults"))


def tip_c(found, source):
    check_tip(found, source)
    lists = (("says", check_claim, CLAIM), ("claims", check_claim, CLAIM), ("aged", check_fact, FACT))
    made = {name: tables(found, name, check, known, source) for name, check, known in lists}
    return "".join((
        '#include "pattern.h"\n\nconst struct tip THIS = {\n',
        f"    .dial = {found['dial']},\n    .points = {{ {', '.join(map(str, found['points']))} }},\n",
        f"    .dial_unit = {quoted(found['unit'])},\n",
        f"    .defaults = {initializer(found['defaults'], SETTINGS)},\n" if found.get("defaults") else "",
        "    .capped = true,\n" if found.get("capped") else "",
        *(f"    .{name} = {{\n{text}    }},\n" for name, text in made.items() if text),
        "};\n"))


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: toml.py FOLDER/tip.toml")
    path = sys.argv[1]
    try:
        text = Path(path).read_bytes().decode()
        sys.stdout.write(tip_c(tomllib.loads(text), Source(text)))
    except OSError as e:
        sys.exit(f"twinbench: {path}: {e.strerror}")
    except UnicodeDecodeError as e:
        sys.exit(f"twinbench: {path}: its text is not UTF-8, at byte {e.start}")
    except tomllib.TOMLDecodeError as e:
        at = re.search(r" \(at line (\d+), column \d+\)$", str(e))
        sys.exit(f"twinbench: {path}{':' + at[1] if at else ''}: {str(e)[:at.start()] if at else e}")
    except Mistake as e:
        sys.exit(f"twinbench: {path}{f':{e.line}' if e.line else ''}: {e}")


if __name__ == "__main__":
    broken_pipe.end_quietly()
    main()
