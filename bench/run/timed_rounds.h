/* SPDX-License-Identifier: MIT */
/* timed_rounds.h - time, in rounds.
 *
 * In each round every pair runs one block, and the controls two, so that what happens to the
 * machine meanwhile happens to all.  At a planned interim analysis the pairs that
 * are settled leave; the controls stay to the end. */
#ifndef TIMED_ROUNDS_H
#define TIMED_ROUNDS_H

#include "run/workloads.h"

/* A pair on its way through the interim analyses. */
struct pair {
    const struct workload *workload;
    const struct executor *executor; /* the workload's, or C on another heap */
    bool null, claimed, settled;
};

struct pairs {
    struct pair *list;
    size_t n;
};

/* The pairs that are timed, a control of each executor that has workloads before them.
 * list is NULL if memory ran out; it is the caller's to free. */
struct pairs pairs_make(const struct scope *scope, const struct workloads *w);

/* How many pairs the whole board has at most, controls among them: as if every tip of it could be
 * timed.  Known before anything is calibrated, and the same for all parts of a board. */
size_t pairs_at_most(const struct scope *scope);

/* Blocks first .. end - 1 of all pairs that still run, round by round. */
void pairs_plan(struct jobs *j, const struct pairs *p, size_t first, size_t end);

/* Run them through the interim analyses.  0 or a negative errno. */
int pairs_run(struct pairs *p, const struct scope *scope, const struct rule *rule,
              struct runner *r);

#endif
