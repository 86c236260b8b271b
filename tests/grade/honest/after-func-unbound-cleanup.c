/* SPDX-License-Identifier: MIT */
/* Right: the watch is a thing with an end of its own, which a cleanup reaches on every way out. */
#include "scene.h"
#include "defer.h"

struct watch {
    struct chan *done;
    struct timer *slow;
};

static void watch_end(void *arg)
{
    struct watch *w = arg;

    if (timer_stop(w->slow))
        chan_drop(w->done);
    chan_close(w->done);
    timer_drop(w->slow);
    chan_drop(w->done);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct watch w = { .done = chan_make(0, 0) };

    w.slow = timer_after_func(request_budget(s, i), watch_slow, chan_ref(w.done));
    defer(watch_end, &w);
    return request_serve(s, i);
}

const struct twin THIS = { op };
