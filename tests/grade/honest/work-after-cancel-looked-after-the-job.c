/* SPDX-License-Identifier: MIT */
/* Right: the batch can only fail by a job, so it looks after each. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);
    uint64_t job;

    while (chan_select(RECV(ctx_done(b->ctx), NULL), RECV(b->jobs, &job)) == 1) {
        batch_do(b, job);
        if (ctx_err(b->ctx))
            break;
    }
    return batch_end(b);
}

const struct twin THIS = { op };
