/* SPDX-License-Identifier: MIT */
/* Right: the end is told first, and then the timer stopped; what it was to own is let go of
 * if it has not fired. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *done = chan_make(0, 0);
    struct timer *slow = timer_after_func(request_budget(s, i), watch_slow, chan_ref(done));
    uint64_t answer = request_serve(s, i);

    chan_close(done);
    bool fired = !timer_stop(slow);
    timer_drop(slow);
    if (!fired)
        chan_drop(done);
    chan_drop(done);
    return answer;
}

const struct twin THIS = { op };
