// SPDX-License-Identifier: MIT
/* gbench.cc - the C functions of gbench.h over Google Benchmark 1.7.1.
 *
 * A benchmark of the library is a function of its State; here there is one, `run`,
 * and what differs is the subject it is given.  All iterations of a run are one
 * batch.
 *
 * Processor time is the whole process's: a task that serves a request may run on
 * any worker, and the thread's own time, which the library takes by default, says
 * nothing then.
 *
 * Debian's library says of itself that it was built as DEBUG.  What that means is
 * assertions in KeepRunningBatch(), once a batch; the price can be read off
 * `twinbench gbench --benchmark_filter='shim|native'`. */
#include "inside/gbench.h"

#include <benchmark/benchmark.h>

#include <cerrno>
#include <exception>
#include <string>

namespace
{

struct subject {
    gbench_batch *batch;
    void *arg;
    uint64_t next;   /* first iteration of the next batch */
    double *seconds; /* where gbench_time() wants each batch; else null */
};

benchmark::State *running;

void run(benchmark::State &state, subject *s)
{
    running = &state;
    while (state.KeepRunningBatch(state.max_iterations)) {
        uint64_t n = static_cast<uint64_t>(state.max_iterations);
        double seconds = s->batch(s->arg, s->next, n);
        s->next += n;
        state.SetIterationTime(seconds);
        if (s->seconds)
            *s->seconds++ = seconds;
    }
    running = nullptr;
}

benchmark::internal::Benchmark *add(const char *name, subject *s)
{
    return benchmark::RegisterBenchmark(name, run, s)->UseManualTime()->MeasureProcessCPUTime();
}

struct silence : benchmark::BenchmarkReporter {
    bool ReportContext(const Context &) override
    {
        return true;
    }
    void ReportRuns(const std::vector<Run> &) override
    {
    }
};

/* --- what a batch through the shim is compared with --- */

void native_empty(benchmark::State &state)
{
    for (auto _ : state)
        asm volatile("");
}

void native_multiply(benchmark::State &state)
{
    uint64_t x = 1;

    for (auto _ : state) {
        x *= 0x9e3779b97f4a7c15u;
        benchmark::DoNotOptimize(x);
    }
}

} /* namespace */

/* The library keeps what is registered until the process ends, and so do we. */
void gbench_register(const char *name, gbench_batch *batch, void *arg, uint64_t iterations)
{
    auto *b = add(name, new subject{ batch, arg, 0, nullptr });

    if (iterations)
        b->Iterations(static_cast<benchmark::IterationCount>(iterations));
}

void gbench_register_native()
{
    benchmark::RegisterBenchmark("native/empty", native_empty);
    benchmark::RegisterBenchmark("native/multiply", native_multiply);
}

void gbench_counter(const char *name, double value)
{
    if (running)
        running->counters[name] = benchmark::Counter(value, benchmark::Counter::kAvgIterations);
}

int gbench_main(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return -EINVAL;
    int n = static_cast<int>(benchmark::RunSpecifiedBenchmarks());
    benchmark::Shutdown();
    return n;
}

/* One benchmark is kept for this and given a new subject each time: the library
 * has no way to take a single one off its list. */
int gbench_time(gbench_batch *batch, void *arg, uint64_t n, int repetitions, double *seconds)
try {
    static const char name[] = "gbench_time";
    static subject s;
    static benchmark::internal::Benchmark *b = add(name, &s);
    silence reporter;

    if (n == 0 || repetitions < 1)
        return -EINVAL;
    s = subject{ batch, arg, 0, seconds };
    b->Iterations(static_cast<benchmark::IterationCount>(n))->Repetitions(repetitions);
    benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, std::string("^") + name);
    return s.seconds == seconds + repetitions ? 0 : -EIO;
} catch (const std::exception &) {
    return -ENOMEM;
}
