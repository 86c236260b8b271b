/* SPDX-License-Identifier: MIT */
/* A request works through a batch of jobs.  The ninth cannot be done, and with that the batch
 * has failed: it is cancelled, and no other job may be begun. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "ctx.h"
#include "pattern.h"
#include "select.h"

enum { JOBS = 64, HOPELESS = 8 }; /* in a batch; counted from 0, the one that fails */

struct scene {
    uint64_t done, late; /* atomic: jobs begun before the batch was cancelled, and after it */
};

struct batch {
    struct scene *scene;
    uint64_t number;
    struct chan *jobs; /* all of them, from the beginning */
    struct ctx *ctx;
    uint64_t failed; /* which job */
};

static inline struct batch *batch_begin(struct scene *s, uint64_t i)
{
    struct batch *b = malloc(sizeof *b);

    if (!b)
        panic("batch_begin: out of memory");
    *b = (struct batch){ s, i, chan_make(sizeof(uint64_t), JOBS), ctx_with_cancel(ctx_background()),
                         0 };
    for (uint64_t job = 0; job < JOBS; job++)
        chan_send(b->jobs, &job);
    return b;
}

/* Do one job. */
static inline void batch_do(struct batch *b, uint64_t job)
{
    uint64_t *begun = ctx_err(b->ctx) ? &b->scene->late : &b->scene->done;

    __atomic_add_fetch(begun, 1, __ATOMIC_RELAXED);
    if (job != HOPELESS)
        return;
    b->failed = job;
    ctx_cancel(b->ctx, "a job has failed");
}

/* Give back the batch: which job of it failed. */
static inline uint64_t batch_end(struct batch *b)
{
    uint64_t failed = b->number * JOBS + b->failed;

    ctx_cancel(b->ctx, NULL);
    ctx_drop(b->ctx);
    chan_drop(b->jobs);
    free(b);
    return failed;
}

#endif
