/* SPDX-License-Identifier: MIT */
/* Every other job is taken and not done. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);
    uint64_t job;

    while (chan_select(RECV(ctx_done(b->ctx), NULL), RECV(b->jobs, &job)) == 1) {
        if (ctx_err(b->ctx))
            break;
        if (job % 2 == 0)
            batch_do(b, job);
    }
    return batch_end(b);
}

const struct twin THIS = { op };
