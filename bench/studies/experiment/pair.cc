// SPDX-License-Identifier: MIT
// The chain of multiplications of experiment.c as benchmarks: Plus10 is longer than Plus0 by 10 %,
// and so on.
#include <benchmark/benchmark.h>

static void plus(benchmark::State &state, int percent)
{
    uint64_t x = 1;

    for (auto _ : state) {
        for (int k = 0; k < 1000 + 10 * percent; k++) {
            x *= 0x9e3779b97f4a7c15u;
            benchmark::DoNotOptimize(x);
        }
    }
}

BENCHMARK_CAPTURE(plus, 0, 0)->Name("BM_Plus0");
BENCHMARK_CAPTURE(plus, 5, 5)->Name("BM_Plus5");
BENCHMARK_CAPTURE(plus, 10, 10)->Name("BM_Plus10");
BENCHMARK_CAPTURE(plus, 20, 20)->Name("BM_Plus20");
BENCHMARK_CAPTURE(plus, 50, 50)->Name("BM_Plus50");
BENCHMARK_MAIN();
