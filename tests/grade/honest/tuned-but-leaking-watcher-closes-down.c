/* SPDX-License-Identifier: MIT */
/* Right: serving is in a helper, and the hang-up lies between it and the last drop. */
#include "scene.h"

static void hang_up(struct connection *c)
{
    struct chan_tx end = { c->hang_up };

    tx_close(end);
    connection_drop(c);
}

static uint64_t served(struct connection *c, uint64_t i)
{
    go(watch, connection_ref(c));
    return connection_serve(c, i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);
    uint64_t answer = served(c, i);

    hang_up(c);
    return answer;
}

const struct twin THIS = { op };
