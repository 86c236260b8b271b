/* SPDX-License-Identifier: MIT */
/* bench.h - a run under way, as bench.c (the phases), workloads.c (how many requests) and
 * timed_rounds.c (time) share it. */
#ifndef BENCH_H
#define BENCH_H

#include "run/runner.h"

#include <jansson.h>

struct options {
    bool quick, resume;
    const char *tip, *results;
};

struct bench {
    struct options options;
    const struct entry **tips; /* those of this run */
    size_t ntips;
    struct workload *workloads; /* one for each of them, and one for each in Go */
    size_t nworkloads;
    json_t *machine;
    struct rule rule;
    struct runner runner;
};

/* Of a few tips everything is measured.  Of more, Go is timed only where a claim needs it,
 * and so is C in a hurry, which is a quick run. */
bool bench_is_small(const struct bench *b);
bool bench_in_hurry(const struct bench *b);

/* Is this tip's time worth it in this run? */
bool bench_is_timed(const struct bench *b, const struct workload *s);

/* Fill b->workloads: on --resume from what an earlier part of the run found, else by trial,
 * and into plan.csv.  0 or a negative errno. */
int workloads_find(struct bench *b);

/* --- time, in rounds --- */

/* A pair on its way through the looks. */
struct pair {
    const struct workload *workload;
    const char *heap; /* NULL: the tip's own */
    bool null, claimed, settled;
};

struct pairs {
    struct pair *list;
    size_t n;
};

/* The pairs that are timed, a null pair of each language before them.  list is NULL if
 * memory ran out; it is the caller's to free. */
struct pairs pairs_make(const struct bench *b);

/* Blocks first .. end - 1 of all pairs that still run, round by round. */
void pairs_plan(struct jobs *j, const struct pairs *p, size_t first, size_t end);

/* Run them through the looks.  0 or a negative errno. */
int pairs_run(struct bench *b, struct pairs *p);

#endif
