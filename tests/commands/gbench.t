#!/bin/bash
# SPDX-License-Identifier: MIT
# What Google Benchmark writes about a pair, Google Benchmark's own compare.py reads.
# Skipped where that is not installed.
compare=/usr/share/benchmark/compare.py
if ! /usr/bin/python3 -c 'import scipy' 2>/dev/null || [ ! -r $compare ]; then
    echo "1..0 # SKIP no compare.py here (Debian: apt-get install libbenchmark-tools python3-scipy)"
    exit 0
fi
out=$(mktemp) && trap 'rm -f "$out"' EXIT
echo 1..2
"${B:-build}"/twinbench gbench --benchmark_filter='^defer/in-loop/' --benchmark_min_time=0.001 \
    --benchmark_repetitions=9 --benchmark_out="$out" --benchmark_out_format=json >/dev/null 2>&1
[ -s "$out" ] && echo "ok 1 - a pair is written as JSON" || echo "not ok 1 - a pair is written as JSON"
said=$(/usr/bin/python3 $compare --no-color filters "$out" defer/in-loop/bad defer/in-loop/good 2>&1)
if grep -q '^\[defer/in-loop/bad vs. defer/in-loop/good\].*_pvalue' <<<"$said"; then
    echo "ok 2 - compare.py sets bad beside good and tests the difference"
else
    echo "not ok 2 - compare.py sets bad beside good and tests the difference"
    sed 's/^/# /' <<<"$said"
fi
