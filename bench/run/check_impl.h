/* SPDX-License-Identifier: MIT */
/* check_impl.h - a tip under examination, for its claims (check.c) and for the contract of a
 * tip (check_contract.c). */
#ifndef CHECK_IMPL_H
#define CHECK_IMPL_H

#include "process/child.h"
#include "decide/judge.h"
#include "run/plan.h"

#include <string.h>

enum { RUNS_A_POINT = 2 * COUNT_RUNS + 1 };

struct process {
    struct request request;
    struct child *child;
    char why[CHILD_WHY];
};

/* One tip under examination; samples[i] is of jobs[i]. */
struct exam {
    const struct entry *e;
    const char *lang;
    struct process jobs[MAX_POINTS * RUNS_A_POINT];
    struct sample samples[MAX_POINTS * RUNS_A_POINT];
    size_t n;
};

struct score {
    size_t passed, failed;
};

static inline bool in_c(const struct exam *x)
{
    return strcmp(x->lang, "c") == 0;
}

/* Is it for this command?  An unknown column is, so that it fails. */
static inline bool is_counted(const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return strcmp(c->column, "time") != 0 && !(column && column->kind == MEASURED);
}

/* Whether the tip keeps what patterns/pattern.h asks of it: a line. */
void check_contract(const struct exam *x, struct score *score);

#endif
