/* SPDX-License-Identifier: MIT */
/* Wrong: it looks before every other job. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);
    uint64_t job;

    while (chan_select(RECV(ctx_done(b->ctx), NULL), RECV(b->jobs, &job)) == 1) {
        if (job % 2 == 0 && ctx_err(b->ctx))
            break;
        batch_do(b, job);
    }
    return batch_end(b);
}

const struct twin THIS = { op };
