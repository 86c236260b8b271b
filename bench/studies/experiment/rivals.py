# SPDX-License-Identifier: MIT
"""rivals.py - what other tools say of A and B, each by its own rule.

hyperfine and compare.py are run.  benchstat is in no package of Debian's, so its test is written
out here; a test holds it against values that it printed.

Each measures all of A and then all of B, as people do, and returns ("slower", 1.21): what B is to
A, "same" if it tells no difference, and the ratio."""

import json
import math
import statistics
import subprocess
from collections import Counter

COMPARE = "/usr/share/benchmark/compare.py"
REPETITIONS = 10  # what people ask for
ALPHA = 0.05  # where compare.py and benchstat begin to call it a difference


def output(argv):
    return subprocess.run(argv, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def relation(ratio, different):
    return ("slower" if ratio > 1 else "faster") if different else "same"


# --- hyperfine ---


def summary(a, b):
    """1.21 and 0.05 of "A ran 1.21 ± 0.05 times faster than B": always the slower against the faster."""
    fast, slow = sorted((a, b), key=lambda r: r["mean"])
    ratio = slow["mean"] / fast["mean"]
    return ratio, ratio * math.hypot(slow["stddev"] / slow["mean"], fast["stddev"] / fast["mean"])


def hyperfine(a, b, folder):
    """Its summary read as people do: different if 1 lies outside."""
    measured = folder / "hyperfine.json"
    output(["hyperfine", "-N", "--warmup", "2", "--runs", str(REPETITIONS), "--style", "none", "--export-json", measured, a, b])
    a, b = json.loads(measured.read_text())["results"]
    times, around = summary(a, b)
    ratio = b["mean"] / a["mean"]
    return relation(ratio, times - around > 1), ratio


# --- Google Benchmark's compare.py ---


def repetitions(program, cases, path):
    """Of the cases of a Google Benchmark that match; `program` is how it is called."""
    output([*program, f"--benchmark_filter={cases}", f"--benchmark_repetitions={REPETITIONS}", "--benchmark_min_time=0.02",
            f"--benchmark_out={path}", "--benchmark_out_format=json"])
    return path


def compare_py(a, of_a, b, of_b, folder):
    """Mann and Whitney's test, of case of_a in the file a and of_b in b."""
    compared = folder / "compared.json"
    output(["/usr/bin/python3", COMPARE, "--no-color", "--alpha", str(ALPHA), "--dump_to_json", compared,
            "benchmarksfiltered", a, of_a, b, of_b])
    found = [c for c in json.loads(compared.read_text()) if c.get("utest")][0]
    times = [m["real_time_other"] / m["real_time"] for m in found["measurements"]]
    ratio = math.exp(sum(map(math.log, times)) / len(times))
    return relation(ratio, found["utest"]["time_pvalue"] < ALPHA), ratio


# --- benchstat ---


def doubled_ranks(values):
    """Of each value in order twice its rank, which is whole where equal ones share theirs."""
    counts, below, ranks = Counter(values), 0, {}
    for value in sorted(counts):
        ranks[value] = 2 * below + counts[value] + 1
        below += counts[value]
    return [ranks[v] for v in values]


def u_test(a, b):
    """p of Mann and Whitney's test, two-sided and exact, also where values are equal."""
    ranks = doubled_ranks([*a, *b])
    ways = [Counter() for _ in range(len(a) + 1)]  # of choosing so many of all, by the sum of their ranks
    ways[0][0] = 1
    for rank in ranks:
        for n in range(len(a), 0, -1):
            for total, count in ways[n - 1].items():
                ways[n][total + rank] += count
    sum_a, all_a = sum(ranks[:len(a)]), ways[len(a)]
    middle = sum(ranks) * len(a) / len(ranks)
    least = middle - abs(sum_a - middle)
    return min(1, 2 * sum(count for total, count in all_a.items() if total <= least) / sum(all_a.values()))


def go_times(text):
    return [float(line.split()[2]) for line in text.splitlines() if line.startswith("Benchmark")]


def benchstat(binary, a, b):
    """Of two benchmarks in a test binary, each with -count=10."""
    times = [go_times(output([binary, "-test.run=^$", f"-test.bench=^{case}$", f"-test.count={REPETITIONS}", "-test.benchtime=100ms"]))
             for case in (a, b)]
    ratio = statistics.median(times[1]) / statistics.median(times[0])
    return relation(ratio, u_test(*times) <= ALPHA), ratio
