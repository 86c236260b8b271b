/* SPDX-License-Identifier: MIT */
/* explore_impl.h - what explore.c, who has the turn, and explore_run.c, what a schedule is,
 * know of each other. */
#ifndef EXPLORE_IMPL_H
#define EXPLORE_IMPL_H

#include "explore/explore.h"
#include "core/task_impl.h"
#include "core/worker.h"

#define EXPLORE_PLACES 8
#define EXPLORE_CLOCK (EXPLORE_PLACES - 1) /* the clock's place */
#define EXPLORE_STEPS 8192                 /* so many are remembered */

/* Who has the turn or could have it. */
struct runner {
    struct task *task;
    struct worker *worker; /* its place; NULL: it needs one */
    const uint8_t *word;   /* it cannot go on while this is not 0 ... */
    bool (*until)(void *); /* ... or before this holds ... */
    void *until_arg;
    uint64_t spun; /* ... or before the turn has been another's: turns then */
};

struct explorer {
    bool inside; /* no points: the scheduler itself, or the driver */
    struct runner self;
    struct runner *others;
    uint32_t nothers, room;
    uint32_t *able, nable; /* of the others, who can go on */
    uint32_t places;       /* a bit for each that is free */
    uint64_t turns;
    bool changed; /* something, in this turn */

    struct task clock;
    bool clock_idle;
    int64_t now_ns;

    /* The schedule. */
    struct runner driver; /* task NULL: this is no exploration, but any program */
    uint32_t (*source)(uint32_t n, enum explore_question question);
    struct explore_limits limits;
    uint32_t preemptions, advances, points;
    uint32_t nstarted, live;
    struct task *started[64];
    enum explore_end end;
    char failure[256];
    struct explore_step steps[EXPLORE_STEPS];
    uint32_t nsteps;
    bool step_open; /* to whom the turn goes is not yet known */
};
extern struct explorer ex;

/* Below n, and remembered as a step; of one there is nothing to ask. */
uint32_t explore_ask(uint32_t n, enum explore_question question, const struct explore_site *site,
                     const volatile void *object);
void explore_step_goes_to(const struct task *t);

/* The driver's turn is over until the schedule has ended. */
void explore_let_go(void);

/* The schedule ends here and now, and with it the caller, unless it is the driver. */
void explore_end_with(enum explore_end end);

/* The clock, which is no task of anybody's, begins anew. */
void explore_clock_begin(void);

#endif
