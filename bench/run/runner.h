/* SPDX-License-Identifier: MIT */
/* runner.h - run what was planned, and keep what came out. */
#ifndef RUNNER_H
#define RUNNER_H

#include "process/child.h"
#include "run/plan.h"
#include "show/progress.h"
#include "store/store.h"

/* A run under way: its folder, and all samples it has so far. */
struct runner {
    struct store *store;
    struct sample *samples;
    size_t n, cap;
    struct progress progress;
};

/* With the samples that the store's folder holds already.  0 or a negative errno. */
int runner_start(struct runner *r, struct store *store);
void runner_end(struct runner *r);

/* Run the jobs in order, so many together, storing the samples in that order, each as soon as its
 * process and all before it have ended; a job whose sample is there already is skipped, and so are
 * the jobs of a twin that once ended badly though its tip does not say so.  0; -EINTR when
 * interrupted; another negative errno, which has been reported, if the runner itself failed. */
int runner_run(struct runner *r, const struct jobs *jobs, size_t together);

/* Find how many requests of this tip make a batch of about 10 ms, by trial, beginning with
 * s->batch unless it is 0.  s->batch is 0 afterwards if time cannot be measured; why[] then says
 * why.  0 or as above. */
int runner_calibrate(struct runner *r, struct workload *s, char why[CHILD_WHY]);

#endif
