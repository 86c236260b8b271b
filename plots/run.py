# SPDX-License-Identifier: MIT
"""run.py - what a run found, as the harness left it in its folder.

Everything here is read, nothing is decided: verdicts come from verdicts.csv, the
words of a tip from `twinbench list --json`, the twins from the tree."""

import json
import re
import subprocess
from pathlib import Path

from stored import Trouble, load, one_of, rows, samples, to_number

ROOT = Path(__file__).resolve().parent.parent
NULL = "null"  # the pair of good against good is stored as a tip of this name
EMPTY = "-"    # the verdict where a language does not tell the column
FINDINGS = ("holds", "refuted", "unsure", EMPTY)
LABELS = ("true", "myth", "depends", "undecided", EMPTY)
RELATIONS = ("slower", "faster", "same", "unsure")
DIALS = ("ops", "size", "clients", "rate", "workers")
VERDICT_NUMBERS = ("ratio", "lo", "hi", "n", "claim") + tuple(
    f"{twin}_{name}" for twin in ("bad", "good") for name in ("first", "last", "slope", "slope_lo", "slope_hi", "ns"))
TIME_NUMBERS = ("ratio", "lo", "hi", "blocks")
LABEL_NUMBERS = ("ratio", "lo", "hi")
SLOPE_NUMBERS = ("bytes_per_op", "lo", "hi")


def words(source):
    """The tips and columns: from the program, or from a file that holds its answer."""
    try:
        if source.suffix == ".json":
            return json.loads(source.read_text("utf-8"))
        said = subprocess.run([source, "list", "--json"], capture_output=True, encoding="utf-8")
    except OSError as e:
        raise Trouble(f"{source}: {e.strerror}; `make all` builds it")
    except ValueError as e:
        raise Trouble(f"{source}: not what `twinbench list --json` prints: {e}")
    if said.returncode:
        raise Trouble(f"{source} list --json failed: {said.stderr.strip()}")
    return json.loads(said.stdout)


def age(lang):
    """C before Go, an old Go before a new one."""
    return lang[:1], [int(n) for n in re.findall(r"\d+", lang)], lang


class Tip:
    """A tip with what a run found about it."""

    def __init__(self, words, columns, samples, verdicts, times, slopes, labels=()):
        self.name, self.title = words["name"], words["title"]
        self.family, self.folder = self.name.split("/", 1)
        self.slug = self.name.replace("/", "-")
        self.words, self.claims = words, words["claims"]
        self.dial = words["dial"].lower()
        self.points = words["points"]
        self.dial_unit = words["dial_unit"]
        self.chart = words.get("chart") or ""  # beside its card; old words know of none
        self.columns, self.samples, self.verdicts = columns, samples, verdicts
        self.times = {t["lang"]: t for t in times}
        self.slopes = {(s["twin"], s["lang"]): s for s in slopes}
        self.labels = {l["lang"]: l for l in labels}  # "": of the tip as a whole

    def langs(self):
        """The languages in which something was found, C first, the newest Go last."""
        found = {v["lang"] for v in self.verdicts if v["verdict"] != EMPTY and "+" not in v["lang"]}
        return sorted(found, key=age)

    def said_in(self):
        """Where the saying got a label, on which heap too."""
        return sorted((l for l in self.labels if l), key=age)

    def claim(self, verdict):
        n = int(verdict["claim"] or 0)
        return self.claims[n] if n < len(self.claims) else {}

    def of(self, twin, lang, *kinds):
        return [s for s in self.samples
                if s["twin"] == twin and s["lang"] == lang and s["kind"] in kinds]

    def along(self, column, twin, lang, kinds, keep):
        """{parameter: values, a process each} of samples of which keep(x, value, outcome)."""
        found = {}
        for s in self.of(twin, lang, *kinds):
            x, y = to_number(s.get(self.dial, "")), to_number(s.get(column, ""))
            if y is not None and keep(x, y, s["outcome"]):
                found.setdefault(x, []).append(y)
        return dict(sorted(found.items()))

    def along_dial(self, column, twin, lang):
        """At the points of the dial."""
        return self.along(column, twin, lang, ("count", "rate"), lambda x, _, end: x in self.points and end == "OK")

    def at_rates(self, column, twin):
        """At the rates that were offered, also below the dial's points; in C."""
        return self.along(column, twin, "c", ("rate",), lambda _, y, end: y and end == "OK")

    def served(self, twin):
        """Requests answered, also by those that died of it; in C."""
        return self.along("served", twin, "c", ("count",), lambda _, y, end: y)

    def growth(self, twin, lang):
        """(requests, bytes of resident memory gained), a pair for each process."""
        kinds = ("slope",) if self.of(twin, lang, "slope") else ("count",)
        pairs = [(to_number(s["ops"]), to_number(s["rss_before_bytes"]), to_number(s["rss_bytes"]))
                 for s in self.of(twin, lang, *kinds) if s["outcome"] == "OK"]
        return sorted((x, after - before) for x, before, after in pairs if after)

    def timed(self, lang):
        """Samples of timed processes in the order of running."""
        timed = [s for twin in ("bad", "good") for s in self.of(twin, lang, "time")]
        return sorted(timed, key=lambda s: (int(s["block"]), int(s["slot"])))

    def column(self, name):
        return self.columns.get(name, {"name": name, "kind": "", "unit": "", "text": ""})


def spelled_out(columns):
    """By name; "the same, 99th percentile" says what the same is."""
    first = ""
    for c in columns:
        if c["text"].startswith("the same"):
            c["text"] = first.rpartition(", ")[0] + c["text"].removeprefix("the same")
        else:
            first = c["text"]
    return {c["name"]: c for c in columns}


def fact(machine, *names):
    """The first of these facts about a machine that is known."""
    return next((machine[n] for n in names if machine.get(n) not in (None, "")), "")


def source_line(machine):
    """Machine, date and commit, for the foot of a chart."""
    cores, kernel, commit = fact(machine, "cores"), fact(machine, "kernel"), fact(machine, "commit")[:12]
    facts = [fact(machine, "cpu"), cores and f"{cores} cores", kernel and f"Linux {kernel}",
             fact(machine, "date")[:10], commit and f"commit {commit}" + (" and changes" if fact(machine, "modified") else "")]
    return " · ".join(str(f) for f in facts if f)


class Run:
    """A run folder."""

    def __init__(self, folder, source, says=""):
        self.folder = Path(folder)
        self.says = says or "What this machine can resolve is not known yet: make calibrate finds out."
        if not (self.folder / "samples.csv").exists():
            raise Trouble(f"{folder}: no samples.csv in it; `make bench` makes a run")
        self.machine = load(self.folder / "machine.json")
        known = words(source)
        self.columns = spelled_out(known["columns"])
        measured = samples(self.folder / "samples.csv", known["columns"])
        verdicts, times, slopes = [
            rows(self.folder / f"{name}.csv", numbers, ("tip", "lang"), one_of(**allowed)) for name, numbers, allowed in
            (("verdicts", VERDICT_NUMBERS, {"verdict": FINDINGS, "expected": FINDINGS}),
             ("times", TIME_NUMBERS, {"relation": RELATIONS}), ("slopes", SLOPE_NUMBERS, {"twin": ("bad", "good")}))]
        labels = rows(self.folder / "labels.csv", LABEL_NUMBERS, ("tip", "lang", "label"), one_of(label=LABELS))
        self.labelled = bool(labels)  # older runs are not
        self.null = [v for v in verdicts if v["tip"] == NULL]
        self.moved = any(t["tip"] == NULL and t.get("placements", "0") not in ("", "0") for t in times)  # the control, in placements
        of_tips = {s["tip"] for s in measured}
        self.tips = [Tip(w, self.columns, *([r for r in table if r["tip"] == w["name"]]
                                            for table in (measured, verdicts, times, slopes, labels)))
                     for w in known["tips"] if w["name"] in of_tips]
        if not self.tips:
            raise Trouble(f"{folder}/samples.csv: no row in it is of a tip that this program has; `make bench` measures")

    def prices(self, what):
        """((kind, place, n), ns of each repetition, bytes) of Google Benchmark's WHAT/KIND/PLACE/N."""
        found = {}
        for b in load(self.folder / "gbench.json").get("benchmarks", []):
            parts = b.get("name", "").split("/")
            if parts[0] == what and len(parts) > 3 and b.get("run_type") == "iteration":
                key = parts[1], parts[2], int(parts[3])
                found.setdefault(key, ([], b.get("bytes", 0)))[0].append(float(b["cpu_time"]))
        return [(key, times, size) for key, (times, size) in found.items()]

    def margin(self):
        return to_number(str(fact(self.machine, "margin"))) or 0.1

    def source_line(self):
        return source_line(self.machine)
