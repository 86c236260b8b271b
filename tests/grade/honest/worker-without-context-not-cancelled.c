/* SPDX-License-Identifier: MIT */
/* Wrong: the worker waits for the end of the request, and the request does not say it. */
#include "scene.h"

static void keep_fresh(void *arg)
{
    struct session *x = arg;

    while (chan_recv_timed(ctx_done(x->request), NULL, PERIOD) != CHAN_CLOSED)
        session_refresh(x);
    session_drop(x);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct session *x = session_open(s, i);

    go(keep_fresh, session_ref(x));
    uint64_t answer = session_serve(x);
    session_drop(x);
    return answer;
}

const struct twin THIS = { op };
