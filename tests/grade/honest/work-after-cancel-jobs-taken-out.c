/* SPDX-License-Identifier: MIT */
/* Right: a batch that is cancelled has no queue: its case is never chosen. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);
    struct chan *jobs = b->jobs;
    uint64_t job;

    while (chan_select(RECV(ctx_done(b->ctx), NULL), RECV(jobs, &job)) == 1) {
        batch_do(b, job);
        if (ctx_err(b->ctx))
            jobs = NULL;
    }
    return batch_end(b);
}

const struct twin THIS = { op };
