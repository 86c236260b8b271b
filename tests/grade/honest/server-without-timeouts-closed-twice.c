/* SPDX-License-Identifier: MIT */
/* Wrong: hung up twice. */
#include "scene.h"

static void serve(void *arg)
{
    struct conn *c = arg;
    uint64_t said;

    if (conn_read(c, &said, LIMIT))
        conn_reply(c, said);
    else
        conn_close(c);
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
