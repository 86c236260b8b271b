/* SPDX-License-Identifier: MIT */
/* Wrong: only the slow requests tidy up; the quick ones leave a timer and a channel. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *done = chan_make(0, 0);
    struct timer *slow = timer_after_func(request_budget(s, i), watch_slow, chan_ref(done));

    uint64_t answer = request_serve(s, i);
    if (request_is_slow(i)) {
        if (timer_stop(slow))
            chan_drop(done);
        chan_close(done);
    }
    timer_drop(slow);
    chan_drop(done);
    return answer;
}

const struct twin THIS = { op };
