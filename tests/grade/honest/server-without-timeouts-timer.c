/* SPDX-License-Identifier: MIT */
/* Right: a timer of one's own, in a select. */
#include "scene.h"
#include "select.h"

static void serve(void *arg)
{
    struct conn *c = arg;
    struct timer *limit = timer_make(LIMIT);
    uint64_t said;

    if (chan_select(RECV(c->up, &said), RECV(timer_chan(limit), NULL)) == 0)
        conn_reply(c, said);
    timer_stop(limit);
    timer_drop(limit);
    conn_close(c);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct conn *c = conn_accept(s, i);
    struct chan *peer = peer_of(c);

    go(serve, c);
    return peer_answer(peer, i);
}

const struct twin THIS = { op };
