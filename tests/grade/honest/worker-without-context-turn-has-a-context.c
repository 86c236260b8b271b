/* SPDX-License-Identifier: MIT */
/* Right: each turn is a context below the request's, with the period as its limit. */
#include "scene.h"

static bool turn_is_over(struct session *x)
{
    struct ctx *turn = ctx_with_timeout(x->request, PERIOD);

    chan_recv(ctx_done(turn), NULL);
    bool last = ctx_err(turn) == CTX_CANCELED;
    ctx_cancel(turn, NULL);
    ctx_drop(turn);
    return last;
}

static void keep_fresh(void *arg)
{
    struct session *x = arg;

    while (!turn_is_over(x))
        session_refresh(x);
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
