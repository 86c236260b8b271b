/* SPDX-License-Identifier: MIT */
/* Right: a timer of its own beside the answer, stopped when it has come. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *reply = chan_make(sizeof(uint64_t), 1);
    struct ask a = { i, chan_ref(reply) };
    struct timer *limit = timer_make(PATIENCE);
    uint64_t answer = 0;

    chan_send(s->asks, &a);
    chan_select(RECV(reply, &answer), RECV(timer_chan(limit), NULL),
                RECV(ctx_done(s->service), NULL));
    timer_stop(limit);
    timer_drop(limit);
    chan_drop(reply);
    return answer;
}

const struct twin THIS = { op };
