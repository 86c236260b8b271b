/* SPDX-License-Identifier: MIT */
/* Wrong: the watchers end, but the request never drops its own share of the connection. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    uint64_t answer = connection_serve(c, i);
    chan_close(c->hang_up);
    return answer;
}

const struct twin THIS = { op };
