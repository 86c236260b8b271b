/* SPDX-License-Identifier: MIT */
/* A request starts a task that holds three things and gives all of them back. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "defer.h"
#include "pattern.h"
#include "sync.h"

struct scene {
    int64_t in_flight; /* atomic: jobs that have begun and not ended */
};

/* What a job holds: a place among those in flight, memory, and its requester's
 * patience. */
struct job {
    struct scene *scene;
    struct waitgroup done;
    char *memory;
};

static inline void job_begin(struct job *j)
{
    __atomic_add_fetch(&j->scene->in_flight, 1, __ATOMIC_RELAXED);
    j->memory = malloc(64);
    if (!j->memory)
        panic("job_begin: out of memory");
}

static inline void leave_flight(void *job)
{
    struct job *j = job;

    __atomic_sub_fetch(&j->scene->in_flight, 1, __ATOMIC_RELAXED);
}

static inline void free_memory(void *job)
{
    struct job *j = job;

    free(j->memory);
}

static inline void say_done(void *job)
{
    struct job *j = job;

    wg_done(&j->done); /* the requester goes on, and *j is gone */
}

static inline void end_all(void *job)
{
    leave_flight(job);
    free_memory(job);
    say_done(job);
}

#endif
