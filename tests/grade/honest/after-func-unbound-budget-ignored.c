/* SPDX-License-Identifier: MIT */
/* Wrong: every timer fires at once, so that none is left: now every request counts as slow. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *done = chan_make(0, 0);
    struct timer *slow = timer_after_func(1, watch_slow, chan_ref(done));

    uint64_t answer = request_serve(s, i);
    timer_drop(slow);
    chan_close(done);
    chan_drop(done);
    return answer;
}

const struct twin THIS = { op };
