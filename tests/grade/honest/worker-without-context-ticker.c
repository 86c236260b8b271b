/* SPDX-License-Identifier: MIT */
/* Right: a ticker for the turns, and a select that also waits for the end. */
#include "scene.h"
#include "select.h"

static void keep_fresh(void *arg)
{
    struct session *x = arg;
    struct timer *turn = ticker_make(PERIOD);

    while (chan_select(RECV(timer_chan(turn), NULL), RECV(ctx_done(x->request), NULL)) == 0)
        session_refresh(x);
    timer_stop(turn);
    timer_drop(turn);
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
