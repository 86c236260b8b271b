/* SPDX-License-Identifier: MIT */
/* A job reports its progress once a second while it runs, by a task of its own that ranges
 * over a ticker.
 *
 * The job takes microseconds, so that no tick comes while it runs.  Whether the reporter ends
 * is decided by what wakes it, and not by how fast the machine is. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "select.h"
#include "timer.h"

struct scene {
    uint64_t reports; /* atomic: over all jobs */
};

/* Shared by the request and its reporter; the last to let go frees it. */
struct job {
    struct scene *scene;
    uint64_t number;
    struct timer *tick;
    struct chan *done;
    int refs; /* atomic */
};

static inline struct job *job_begin(struct scene *s, uint64_t i)
{
    struct job *j = malloc(sizeof *j);

    if (!j)
        panic("job_begin: out of memory");
    *j = (struct job){ s, i, ticker_make(SEC), chan_make(0, 0), 1 };
    return j;
}

static inline struct job *job_ref(struct job *j)
{
    __atomic_add_fetch(&j->refs, 1, __ATOMIC_RELAXED);
    return j;
}

static inline void job_drop(struct job *j)
{
    if (__atomic_sub_fetch(&j->refs, 1, __ATOMIC_ACQ_REL))
        return;
    timer_drop(j->tick);
    chan_drop(j->done);
    free(j);
}

/* The job itself; others run meanwhile. */
static inline uint64_t job_run(struct job *j)
{
    task_yield();
    return j->number;
}

static inline void job_report(struct job *j)
{
    __atomic_add_fetch(&j->scene->reports, 1, __ATOMIC_RELAXED);
}

#endif
