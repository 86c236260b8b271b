/* SPDX-License-Identifier: MIT */
/* second_opinion.h - second opinions: the same twins seen by two well-known tools; and prices.
 *
 * No verdict comes from them, and a run has the opinions if it is asked for them.  Who does not
 * trust our blocks finds the same pairs measured by hyperfine, as whole programs, and by Google
 * Benchmark, with its own repetitions; both in the files that the tools themselves would write. */
#ifndef SECOND_OPINION_H
#define SECOND_OPINION_H

#include "run/plan.h"
#include "store/store.h"

/* Called before each tip, so that somebody can show where we are. */
typedef void second_opinion_step(void *arg, const char *tool, const char *tip);

/* In both, the workloads are of tips that are timed.
 *
 * hyperfine.json: `one TIP bad` against `one TIP good`, taking turns, because hyperfine
 * alone would run all of one before all of the other.  0 or a negative errno; without
 * hyperfine one line says how to get it, and that is no error. */
int second_opinion_hyperfine(struct store *s, const struct workload *workloads, size_t n,
                             bool quick, second_opinion_step *step, void *arg);

/* gbench.json: the shim beside the native loop, what is charted for a family that is among them
 * (cleanup_prices.h, allocation_prices.h, counter_prices.h), and if `twins`, every twin of these
 * tips.  A process for each; one that fails is left out, with a line that says so. */
int second_opinion_gbench(struct store *s, const struct workload *workloads, size_t n, bool twins,
                          bool quick, second_opinion_step *step, void *arg);

#endif
