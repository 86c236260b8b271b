/* SPDX-License-Identifier: MIT */
/* examination.h - the processes of one tip whose counts are checked, by one executor. */
#ifndef EXAMINATION_H
#define EXAMINATION_H

#include "decide/contract.h"
#include "process/child.h"

/* Growth is followed at so many numbers of requests, in so many runs, and what is unsure then is
 * followed further, in so many rounds. */
enum { GROWTH_POINTS = 4, GROWTH_RUNS = 3, GROWTH_ROUNDS = 3 };

enum {
    RUNS_A_POINT = 2 * COUNT_RUNS + 1,
    MOST_PROCESSES = MAX_POINTS * RUNS_A_POINT + 2 * GROWTH_POINTS * GROWTH_RUNS * GROWTH_ROUNDS,
};

struct process {
    struct request request;
    struct child *child;
    char why[CHILD_WHY];
};

/* The processes of an examination, and what they left: samples[i] is of process[i].  The first
 * exam.n are along the dial, the others for growth.  Where one hung that should not, the rest was
 * not run, and there is nothing to judge. */
struct examination {
    struct exam exam;
    struct process process[MOST_PROCESSES];
    struct sample samples[MOST_PROCESSES];
    size_t n;
    const struct process *hung; /* or NULL */
};

/* Run them all: those along the dial, once more if a claim fails whose column depends on the
 * scheduler, and those for growth.  r->exam has the tip and the executor, the rest is zero.  0 or
 * what child_start() and child_finish() return. */
int examine(struct examination *r);

/* Is this claim judged by that executor? */
bool examination_judges(const struct exam *x, const struct claim *c);

/* What was found of that claim, which must be one that is judged. */
struct verdict examination_verdict(const struct examination *r, size_t claim);

#endif
