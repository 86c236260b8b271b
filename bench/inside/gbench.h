/* SPDX-License-Identifier: MIT */
/* gbench.h - Google Benchmark for C.
 *
 * The only way to Google Benchmark in this project; gbench.cc behind it is the
 * only C++.  A batch function runs n iterations and is called once a batch
 * (State::KeepRunningBatch), so the shim costs nothing per iteration; time is
 * manual: the seconds the batch returns. */
#ifndef GBENCH_H
#define GBENCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Run iterations first .. first + n - 1 and return the seconds they took. */
typedef double gbench_batch(void *arg, uint64_t first, uint64_t n);

/* Register a benchmark.  iterations: per repetition, fixed; 0: let the library
 * find out (wrong for a twin that leaks: it gets slower the longer it runs). */
void gbench_register(const char *name, gbench_batch *batch, void *arg, uint64_t iterations);

/* The library's own loop around nothing ("native/empty") and around a multiplication
 * ("native/multiply"), to put beside the same through the shim. */
void gbench_register_native(void);

/* Count something else in the running batch; shown beside the time, per
 * iteration. */
void gbench_counter(const char *name, double value);

/* Run what is registered with the library's own flags.  Returns the number of
 * benchmarks run, or -EINVAL for a flag it does not know. */
int gbench_main(int argc, char **argv);

/* Time `repetitions` batches of n iterations, quietly, into seconds[].  The
 * process's other benchmarks are not touched.  0 or a negative errno. */
int gbench_time(gbench_batch *batch, void *arg, uint64_t n, int repetitions, double *seconds);

#ifdef __cplusplus
}
#endif
#endif
