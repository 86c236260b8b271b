/* SPDX-License-Identifier: MIT */
/* Right: the end of the context closes a channel of the worker's own, in which it sleeps. */
#include "scene.h"

static void wake(void *arg)
{
    chan_close(arg);
    chan_drop(arg);
}

static void keep_fresh(void *arg)
{
    struct session *x = arg;
    struct chan *bed = chan_make(0, 0);
    struct ctx_hook *alarm = ctx_after_func(x->request, wake, chan_ref(bed));

    while (chan_recv_timed(bed, NULL, PERIOD) != CHAN_CLOSED)
        session_refresh(x);
    ctx_after_func_stop(alarm);
    chan_drop(bed);
    session_drop(x);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct session *x = session_open(s, i);

    go(keep_fresh, session_ref(x));
    uint64_t answer = session_serve(x);
    session_end(x);
    return answer;
}

const struct twin THIS = { op };
