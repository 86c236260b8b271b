/* SPDX-License-Identifier: MIT */
/* Right: a context with a timeout, which is cancelled. */
#include "scene.h"
#include "ctx.h"
#include "select.h"

static void serve(void *arg)
{
    struct conn *c = arg;
    struct ctx *limit = ctx_with_timeout(ctx_background(), LIMIT);
    uint64_t said;

    if (chan_select(RECV(c->up, &said), RECV(ctx_done(limit), NULL)) == 0)
        conn_reply(c, said);
    ctx_cancel(limit, NULL);
    ctx_drop(limit);
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
