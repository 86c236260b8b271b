/* SPDX-License-Identifier: MIT */
/* workloads.h - how many requests each tip is measured with, in C and in each Go. */
#ifndef WORKLOADS_H
#define WORKLOADS_H

#include "run/runner.h"
#include "run/scope.h"

struct workloads {
    struct workload *list; /* one for each tip and each executor that has its own */
    size_t n;
};

/* Find them, by trial or from what the runner has read of an earlier part of the run, and write
 * plan.csv.  0 or a negative errno.  w->list is the caller's to free. */
int workloads_find(struct workloads *w, const struct scope *scope, struct runner *r);

#endif
