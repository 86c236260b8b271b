# SPDX-License-Identifier: MIT
"""run.py - what a run found, as the harness left it in its folder.

Everything here is read, nothing is decided: verdicts come from verdicts.csv, the
words of a tip from `twinbench list --json`, the twins from the tree."""

import json
import re
import subprocess
from pathlib import Path

from stored import Trouble, load, rows, samples, to_number

ROOT = Path(__file__).resolve().parent.parent
NULL = "null"  # the pair of good against good is stored as a tip of this name
EMPTY = "-"    # the verdict where a language does not tell the column
WITHHELD = "withheld: the control did not come out the same"
FINDINGS = ("holds", "refuted", "unsure", EMPTY)
TIME = ("ratio", "lo", "hi")
TABLES = {  # their numbers, and the columns that hold one of a few words
    "verdicts": (TIME + ("n", "claim") + tuple(f"{twin}_{name}" for twin in ("bad", "good")
                                               for name in ("first", "last", "slope", "slope_lo", "slope_hi", "ns")),
                 {"verdict": FINDINGS, "expected": FINDINGS}),
    "times": (TIME + ("blocks",), {"relation": ("slower", "faster", "same", "unsure")}),
    "curves": (TIME + ("size", "blocks"), {}),
    "slopes": (("bytes_per_op", "lo", "hi"), {"twin": ("bad", "good")}),
    "labels": (TIME, {"label": ("true", "myth", "depends", "undecided", EMPTY)}),
}


def words(source):
    """The tips and columns: from the program, or from a file that holds its answer."""
    if source.suffix == ".json":
        return load(source, "`twinbench list --json` prints it")
    try:
        said = subprocess.run([source, "list", "--json"], capture_output=True, encoding="utf-8")
    except OSError as e:
        raise Trouble(f"{source}: {e.strerror}; `make all` builds it")
    if said.returncode:
        raise Trouble(f"{source} list --json failed: {said.stderr.strip()}")
    return json.loads(said.stdout)


def age(lang):
    """C before Go, an old Go before a new one."""
    return lang[:1], [int(n) for n in re.findall(r"\d+", lang)], lang


class Tip:
    """A tip with what a run found about it."""

    def __init__(self, words, columns, samples, verdicts, times, curves=(), slopes=(), labels=()):
        self.words, self.columns, self.samples, self.verdicts = words, columns, samples, verdicts
        self.name, self.title, self.claims, self.points = (words[k] for k in ("name", "title", "claims", "points"))
        self.family, self.slug = self.name.partition("/")[0], self.name.replace("/", "-")
        self.dial, self.dial_unit = words["dial"].lower(), words["dial_unit"]
        self.times = {t["lang"]: t for t in times}
        self.curves = curves
        self.slopes = {(s["twin"], s["lang"]): s for s in slopes}
        self.labels = {l["lang"]: l for l in labels}  # "": of the tip as a whole
        self.said_in = sorted((l for l in self.labels if l), key=age)  # where the saying got a label, on which heap too
        found = {v["lang"] for v in verdicts if v["verdict"] != EMPTY and "+" not in v["lang"]}
        self.gos = sorted((l for l in found if l.startswith("go")), key=age)
        self.shown = ["c"] * ("c" in found) + self.gos[:-2:-1] + self.gos[:-1][:1]  # by panels: C, the newest Go and the oldest
        self.home = self.gos[-1] if self.gos and words.get("c_none") else "c"  # that of a tip in Go alone is the newest Go
        self.collected = any(to_number(s.get("gc_heap_bytes", "")) for s in samples if s["lang"] == "c")

    def claim(self, verdict):
        n = int(verdict["claim"] or 0)
        return self.claims[n] if n < len(self.claims) else {}

    def of(self, twin, lang, *kinds):
        return [s for s in self.samples if s["twin"] == twin and s["lang"] == lang and s["kind"] in kinds]

    def along(self, column, twin, lang, kinds=("count", "rate"), keep=None):
        """{place on the dial: values, a process each}, of samples of which keep(place, value, outcome);
        else of those at its points where all went well."""
        keep = keep or (lambda x, _, end: x in self.points and end == "OK")
        found = {}
        for s in self.of(twin, lang, *kinds):
            x, y = to_number(s.get(self.dial, "")), to_number(s.get(column, ""))
            if y is not None and keep(x, y, s["outcome"]):
                found.setdefault(x, []).append(y)
        return dict(sorted(found.items()))

    def growth(self, twin, lang):
        """(requests, bytes of resident memory gained), a pair for each process."""
        kinds = ("slope",) if self.of(twin, lang, "slope") else ("count",)
        pairs = [[to_number(s[k]) for k in ("ops", "rss_before_bytes", "rss_bytes")]
                 for s in self.of(twin, lang, *kinds) if s["outcome"] == "OK"]
        return sorted((x, after - before) for x, before, after in pairs if after)

    def timed(self, lang):
        """Samples of timed processes in the order of running."""
        timed = [s for twin in ("bad", "good") for s in self.of(twin, lang, "time")]
        return sorted(timed, key=lambda s: (int(s["block"]), int(s["slot"])))

    def column(self, name):
        return self.columns.get(name, {"name": name, "kind": "", "unit": "", "text": ""})


def source_line(machine):
    """Machine, date and commit, for the foot of a chart."""
    known = {k: str(v) for k, v in machine.items() if v not in (None, "")}
    facts = ("{cpu}", "{cores} cores", "{shards} such machines", "Linux {kernel}", "{date:.10}", "commit {commit:.12}")
    told = [f.format(**known) for f in facts if re.search(r"{(\w+)", f)[1] in known]
    return " · ".join(told) + " and changes" * bool(machine.get("modified") and known.get("commit"))


class Run:
    """A run folder."""

    def __init__(self, folder, source, says=""):
        self.folder = Path(folder)
        self.says = says or "How small a difference can be told on this machine: make calibrate finds out."
        if not (self.folder / "samples.csv").exists():
            raise Trouble(f"{folder}: no samples.csv in it; `make bench` makes a run")
        self.machine = load(self.folder / "machine.json")
        self.margin, self.source = to_number(str(self.machine.get("margin"))) or 0.1, source_line(self.machine)
        known = words(source)
        self.symptoms = known.get("symptoms", [])
        self.outside = known.get("folder") or ""  # somebody's own tips
        self.tree = Path(self.outside or ROOT / "patterns")
        columns = {c["name"]: c for c in known["columns"]}
        measured = samples(self.folder / "samples.csv", known["columns"])
        verdicts, times, curves, slopes, labels = (rows(self.folder / f"{name}.csv", numbers, ("tip", "lang"), **allowed)
                                           for name, (numbers, allowed) in TABLES.items())
        self.labelled = bool(labels)  # older runs are not
        self.null = [v for v in verdicts if v["tip"] == NULL]
        self.moved = any(t["tip"] == NULL and t.get("placements", "0") not in ("", "0") for t in times)  # the control
        times = [t | {"kind": "time", "verdict": t["relation"], "n": t["blocks"], "note": ""} for t in times]
        self.withhold(verdicts + times)
        of_tips = {s["tip"] for s in measured}
        self.tips = [Tip(w, columns, *([r for r in table if r["tip"] == w["name"]] for table in (measured, verdicts, times, curves, slopes, labels)))
                     for w in known["tips"] if w["name"] in of_tips]
        if not self.tips:
            raise Trouble(f"{folder}/samples.csv: no row in it is of a tip that this program has; `make bench` measures")

    def withhold(self, found):
        """Where a program cannot be told to be the same as itself, nothing is said about the time of two.
        C on another heap has C's control."""
        self.distrusted = {v["lang"] for v in self.null if v["verdict"] != "holds"}
        for v in found:
            if v["kind"] == "time" and v["tip"] != NULL and v["verdict"] != EMPTY and v["lang"].partition("+")[0] in self.distrusted:
                v |= {"verdict": "unsure", "note": WITHHELD}
