/* SPDX-License-Identifier: MIT */
/* Right: done is asked by itself before the select. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);
    uint64_t job;

    while (chan_try_recv(ctx_done(b->ctx), NULL) != CHAN_CLOSED &&
           chan_select(RECV(ctx_done(b->ctx), NULL), RECV(b->jobs, &job)) == 1)
        batch_do(b, job);
    return batch_end(b);
}

const struct twin THIS = { op };
