// SPDX-License-Identifier: MIT
// The chain of multiplications of experiment.c as benchmarks: Plus10 is longer than Plus0 by 10 %.
#include <benchmark/benchmark.h>

static void chain(benchmark::State &state, int length)
{
    uint64_t x = 1;

    for (auto _ : state) {
        for (int k = 0; k < length; k++) {
            x *= 0x9e3779b97f4a7c15u;
            benchmark::DoNotOptimize(x);
        }
    }
}

static void BM_Plus0(benchmark::State &state)
{
    chain(state, 1000);
}

static void BM_Plus10(benchmark::State &state)
{
    chain(state, 1100);
}

BENCHMARK(BM_Plus0);
BENCHMARK(BM_Plus10);
BENCHMARK_MAIN();
