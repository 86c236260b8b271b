# SPDX-License-Identifier: MIT
"""detectors.py - which tool tells of which tip's mistake, as `make detectors` has found it.

The rows come from results/detectors/detectors.csv, this machine's, or else from
detectors.csv beside the tips, which is stored with them (bench/studies/detectors/README.md)."""

import csv
import re
from pathlib import Path

from words import listing

# What a tool is to a tip: a sign for the page, one for a terminal without it, and the word.
SIGNS = {"found": ("●", "*"), "missed": ("·", "."), "false alarm": ("!", "!"), "alike": ("≈", "~"), "something else": ("?", "?"),
         "not applicable": ("–", "-"), "failed": ("x", "x")}
MEANING = {"alike": "says the same of both", "something else": "says something else of bad", "failed": "the tool failed"}


def meaning(word):
    return MEANING.get(word, word)


def read(tree, results):
    """(the rows, were they found on this machine)."""
    for path in (Path(results) / "detectors" / "detectors.csv", Path(tree) / "detectors.csv"):
        if path.is_file():
            with path.open(newline="", encoding="utf-8") as f:
                return list(csv.DictReader(f)), path.parent.name == "detectors"
    return [], False


def release(executor):
    """To sort by: C first, then Go by its number."""
    return [int(n) for n in re.findall(r"\d+", executor)]


def gos(rows):
    return sorted({r["executor"] for r in rows if r["executor"] != "c"}, key=release)


def columns(rows):
    """[(tool, executor)], C's first, then the newest Go's."""
    return list(dict.fromkeys((r["tool"], r["executor"]) for x in ["c", *gos(rows)[-1:]] for r in rows if r["executor"] == x))


def version(rows, tool, executor):
    """The version of a tool, without Debian's part, if it is another than that of the Go it comes with."""
    of = next(r for r in rows if (r["tool"], r["executor"]) == (tool, executor))
    return of["version"].split("-")[0] if executor == "c" or tool == "staticcheck" else ""


def count(rows, tool, executor, word):
    return sum((r["tool"], r["executor"], r["result"]) == (tool, executor, word) for r in rows)


def span(releases, every):
    """ "1.26, 1.27" of the releases that were tried; "1.15 to 1.27" where they follow each other there."""
    at = [every.index(r) for r in releases]
    if len(at) > 2 and at == list(range(at[0], at[-1] + 1)):
        return f"{releases[0]} to {releases[-1]}"
    return ", ".join(releases)


def answers(rows, word):
    """[(tool, "C" or "Go 1.26, 1.27", the newest's row)] of those who said this of one tip."""
    every = [g.removeprefix("go") for g in gos(rows)]
    by_tool = {}
    for r in sorted(rows, key=lambda r: release(r["executor"])):
        if r["result"] == word:
            by_tool.setdefault((r["tool"], r["executor"] == "c"), []).append(r)
    return [(tool, "C" if in_c else "Go " + span([r["executor"].removeprefix("go") for r in rs], every), rs[-1])
            for (tool, in_c), rs in by_tool.items()]


def otherwise(rows):
    """[(tool, "Go 1.19 missed; 1.26, 1.27 found", tips)] where the releases of Go do not agree; before
    these, of releases that have no such tool, (tool, "not in Go 1.15, 1.19", [])."""
    every, said = [g.removeprefix("go") for g in gos(rows)], {}
    for tool in dict.fromkeys(r["tool"] for r in rows if r["executor"] != "c"):
        of = sorted((r for r in rows if r["tool"] == tool and r["executor"] != "c"), key=lambda r: release(r["executor"]))
        has = {r["executor"] for r in of if r["result"] != "not applicable"}
        lacking = [g for g in every if any(r["executor"] == f"go{g}" for r in of) and f"go{g}" not in has]
        if lacking:
            said[tool, f"not in Go {span(lacking, every)}"] = []
        for tip in dict.fromkeys(r["tip"] for r in of):
            words = {}
            for r in of:
                if r["tip"] == tip and r["executor"] in has:
                    words.setdefault(r["result"], []).append(r["executor"].removeprefix("go"))
            if len(words) > 1:
                line = "Go " + "; ".join(f"{span(rs, every)} {meaning(w)}" for w, rs in words.items())
                said.setdefault((tool, line), []).append(tip)
    return [(tool, line, tips) for (tool, line), tips in said.items()]


def untold(rows):
    """The tips of which no tool says anything about the mistake, nor raises a false alarm."""
    told = {r["tip"] for r in rows if r["result"] in ("found", "false alarm")}
    return list(dict.fromkeys(r["tip"] for r in rows if r["tip"] not in told))


def not_run(rows):
    """[("go vet and runtime", "Go 1.15 to 1.26", tips)] where tools were run on some tips of that language and not on
    these: an empty cell is no answer."""
    every, said = [g.removeprefix("go") for g in gos(rows)], {}
    for tool, executor in dict.fromkeys((r["tool"], r["executor"]) for r in sorted(rows, key=lambda r: release(r["executor"]))):
        asked = {r["tip"] for r in rows if (r["tool"], r["executor"]) == (tool, executor)}
        left = [t for t in dict.fromkeys(r["tip"] for r in rows if (r["executor"] == "c") == (executor == "c")) if t not in asked]
        if left:
            said.setdefault((tool, tuple(left)), []).append(executor.removeprefix("go"))
    where = [(tool, "C" if of == ["c"] else "Go " + span(of, every), left) for (tool, left), of in said.items()]
    alike = {}
    for tool, at, left in where:
        alike.setdefault((at, left), []).append(tool)
    return [(listing(names), at, list(left)) for (at, left), names in alike.items()]


def one(rows, tool, executor):
    """The row of that tool, or None."""
    return next((r for r in rows if (r["tool"], r["executor"]) == (tool, executor)), None)


def named(rows, word, mark=""):
    """ "in C by dump and proof; in Go by goroutineleak (1.26, 1.27)" of those who said this of one tip.
    Without releases: all that were tried."""
    found, tried = answers(rows, word), {}
    for r in rows:
        tried.setdefault(r["tool"], set()).add(r["executor"])
    parts = []
    for lang in ("C", "Go"):
        names = []
        for tool, where, _ in found:
            if where.split()[0] == lang:
                releases = [r["executor"] for r in rows if (r["tool"], r["result"]) == (tool, word) and r["executor"] != "c"]
                some = lang == "Go" and set(releases) != tried[tool] - {"c"}
                names.append(f"{mark}{tool}{mark}" + (f" ({where.split(' ', 1)[1]})" if some else ""))
        if names:
            parts.append(f"in {lang} by {listing(names)}")
    return "; ".join(parts)


def found_by(told, tip):
    """ "Found in C by dump." of a tip; "" if no tool was run on it."""
    rows = [r for r in told[0] if r["tip"] == tip]
    names = named(rows, "found")
    return (f"Found {names}." if names else "No tool that was tried finds it.") if rows else ""
