/* SPDX-License-Identifier: MIT */
/* Half right: the task ends, and its share of the session stays. */
#include "select.h"
#include "scene.h"

static void beat(struct session *x, struct timer *next)
{
    if (chan_select(RECV(timer_chan(next), NULL), RECV(ctx_done(x->request), NULL)))
        return;
    session_refresh(x);
    timer_reset(next, PERIOD);
    beat(x, next);
}

static void keep_fresh(void *arg)
{
    struct session *x = arg;
    struct timer *next = timer_make(PERIOD);

    beat(x, next);
    timer_stop(next);
    timer_drop(next);
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
