# SPDX-License-Identifier: MIT
"""detectors.py - which tool tells of which tip's mistake, as `make detectors` has found it.

The rows come from results/detectors/detectors.csv, this machine's, or else from
detectors.csv beside the tips, which is stored with them (bench/studies/detectors/README.md)."""

import csv
import hashlib
import re
from pathlib import Path

from sentences import stretches
from words import grouped, listing, plural

MEANING = {"alike": "says the same of both", "something else": "says something else of bad", "failed": "the tool failed"}
UNASKED = ("not applicable", "failed")  # neither found nor missed
READS, MEMORY, RACES, WAITS = "reads the source", "watches memory", "watches for data races", "lists what every task waits for"
STUCK = "lists the tasks that nobody can wake any more"
LOOKS = {"gcc -fanalyzer": READS, "clang-tidy": READS, "cppcheck": READS, "go vet": READS, "staticcheck": READS, "ASan, LSan": MEMORY, "memcheck": MEMORY,
         "TSan": RACES, "go -race": RACES, "runtime": "what the program says as it ends: a panic, or a deadlock",
         "dump": WAITS, "goroutine": WAITS, "proof": STUCK, "goroutineleak": STUCK}


def meaning(word):
    return MEANING.get(word, word)


def digest(folder):
    """Of a tip's twins and their scenes: what was said of others is not said of these."""
    files = sorted(p for p in Path(folder).glob("*") if re.fullmatch(r"(bad|good|scene)\.(c|h|go)", p.name))
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in files)).hexdigest()[:12]


def merged(*tables):
    """One row for each tip, tool and executor: that of the last table that has it."""
    return list({(r["tip"], r["tool"], r["executor"]): r for rows in tables for r in rows}.values())


def read(tree, results):
    """(the rows, the tips of which this machine found some).  Its own answers are newer than the stored ones;
    those of other twins than the tree has are answers no more."""
    tables = []
    for path in (Path(tree) / "detectors.csv", Path(results) / "detectors" / "detectors.csv"):
        found = []
        if path.is_file():
            with path.open(newline="", encoding="utf-8") as f:
                found = list(csv.DictReader(f))
        now = {t: digest(Path(tree) / t) for t in {r["tip"] for r in found}}
        tables.append([r for r in found if r["digest"] == now[r["tip"]]])
    return merged(*tables), {r["tip"] for r in tables[1]}


def release(executor):
    """To sort by: C first, then Go by its number."""
    return [int(n) for n in re.findall(r"\d+", executor)]


def gos(rows):
    return sorted({r["executor"] for r in rows if r["executor"] != "c"}, key=release)


def columns(rows):
    """[(tool, executor)], C's first; each of Go's in the newest release that could be asked."""
    newest = {r["tool"]: r["executor"] for r in sorted(rows, key=lambda r: release(r["executor"])) if r["executor"] != "c" and r["result"] not in UNASKED}
    return list(dict.fromkeys((r["tool"], "c") for r in rows if r["executor"] == "c")) + list(newest.items())


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
            words = grouped((r["executor"].removeprefix("go"), r["result"]) for r in of if r["tip"] == tip and r["executor"] in has)
            if len(words) > 1:
                line = "Go " + "; ".join(f"{span(rs, every)} {meaning(w)}" for w, rs in words.items())
                said.setdefault((tool, line), []).append(tip)
    return [(tool, line, tips) for (tool, line), tips in said.items()]


def lacks(rows, tool, executor):
    """Has that release no such tool?"""
    said = {r["result"] for r in rows if (r["tool"], r["executor"]) == (tool, executor)}
    return executor != "c" and said == {"not applicable"}


def not_run(rows):
    """[("go vet and runtime", "Go 1.15 to 1.26", tips)] where tools were run on some tips of that language and not on
    these: no answer is not "missed".  Of a release that lacks a tool `otherwise` tells."""
    said = {}
    for tool, in_c in dict.fromkeys((r["tool"], r["executor"] == "c") for r in rows):
        tips = dict.fromkeys(r["tip"] for r in rows if (r["executor"] == "c") == in_c)
        for executor in ["c"] if in_c else gos(rows):
            asked = {r["tip"] for r in rows if (r["tool"], r["executor"]) == (tool, executor)}
            left = [t for t in tips if t not in asked]
            if left and not lacks(rows, tool, executor):
                said.setdefault((tool, tuple(left)), []).append(executor)
    alike = grouped((tool, (stretches(of, gos(rows)), left)) for (tool, left), of in said.items())
    return [(listing(names), at, list(left)) for (at, left), names in alike.items()]


# --- for the page


def latest(rows):
    """{(tool, in C?): {tip: row}}: of the releases of Go the newest one that could be asked."""
    found = {}
    for r in sorted(rows, key=lambda r: (r["result"] not in UNASKED, release(r["executor"]))):
        found.setdefault((r["tool"], r["executor"] == "c"), {})[r["tip"]] = r
    return found


def tools(rows, names):
    """What became of each tool on these tips: the one that finds most first."""
    of = [r for r in rows if r["tip"] in names]
    every, found = [g.removeprefix("go") for g in gos(rows)], []
    for (tool, in_c), by_tip in latest(of).items():
        answers = {w: [t for t, r in by_tip.items() if r["result"] == w] for w in ("found", "false alarm", *UNASKED)}
        asked = sorted({r["executor"] for r in by_tip.values() if r["result"] not in UNASKED}, key=release)
        unasked = {"not applicable": len(answers["not applicable"]), "the tool failed": len(answers["failed"]), "not run": len(names) - len(by_tip)}
        found.append({"name": tool, "looks": LOOKS.get(tool, ""), "where": "C" if in_c else "Go " + span([x.removeprefix("go") for x in asked], every),
                      "found": len(answers["found"]), "alarms": answers["false alarm"], "unasked": {w: n for w, n in unasked.items() if n},
                      "missed": len(by_tip) - sum(map(len, answers.values()))})
    return sorted(found, key=lambda t: (-t["found"], t["name"]))


def told_of(rows, tip):
    """(by whom it is found in C, and in Go): [(tool, "Go 1.26, 1.27" if not in all that could be asked, its row)]."""
    of = [r for r in rows if r["tip"] == tip]
    there = {"c": [], "go": []}
    for tool, where, row in answers(of, "found"):
        in_c = where == "C"
        tried = {r["result"] for r in of if r["tool"] == tool and (r["executor"] == "c") == in_c}
        there["c" if in_c else "go"].append((tool, "" if tried == {"found"} else where, row))
    return there


def silence(rows, tip, in_c):
    """Why no tool is named there: "missed by 9 tools", "not run"; with those that gave no answer."""
    of = dict.fromkeys((r["tool"] for r in rows if (r["executor"] == "c") == in_c), "not run")
    of |= {tool: by_tip[tip]["result"] for (tool, c), by_tip in latest(r for r in rows if r["tip"] == tip).items() if c == in_c}
    asked = [t for t, w in of.items() if w not in (*UNASKED, "not run")]
    rest = {w: [t for t in of if of[t] == w] for w in (*UNASKED, "not run")}
    if len(rest["not run"]) == len(of):
        return "not run"
    return "; ".join([f"missed by {plural(len(asked), 'tool')}"] * bool(asked) + [f"{meaning(w)}: {listing(names)}" for w, names in rest.items() if names])


def untold(rows):
    """The tips that were asked about, and that no tool finds."""
    found = {r["tip"] for r in rows if r["result"] == "found"}
    return list(dict.fromkeys(r["tip"] for r in rows if r["tip"] not in found))


def cost_only(rows, tips):
    """How many of these only cost time or work."""
    return len({r["tip"] for r in rows if r["tip"] in tips and r["mistake"] == "costs"})


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
