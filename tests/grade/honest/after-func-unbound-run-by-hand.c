/* SPDX-License-Identifier: MIT */
/* Right: a watcher that was stopped is run by the request itself, after the end; it finds the
 * channel closed and lets go of its share. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *done = chan_make(0, 0);
    struct timer *slow = timer_after_func(request_budget(s, i), watch_slow, chan_ref(done));

    uint64_t answer = request_serve(s, i);
    chan_close(done);
    if (timer_stop(slow))
        watch_slow(done);
    timer_drop(slow);
    chan_drop(done);
    return answer;
}

const struct twin THIS = { op };
