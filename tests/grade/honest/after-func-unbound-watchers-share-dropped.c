/* SPDX-License-Identifier: MIT */
/* Wrong: the watcher's share is dropped also where the watcher runs and drops it itself. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *done = chan_make(0, 0);
    struct timer *slow = timer_after_func(request_budget(s, i), watch_slow, chan_ref(done));

    uint64_t answer = request_serve(s, i);
    timer_stop(slow);
    chan_close(done);
    chan_drop(done); /* the watcher's */
    timer_drop(slow);
    chan_drop(done);
    return answer;
}

const struct twin THIS = { op };
