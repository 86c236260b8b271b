/* SPDX-License-Identifier: MIT */
/* Right: one task watches, so the hang-up may as well be sent to it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    uint64_t answer = connection_serve(c, i);
    chan_send(c->hang_up, NULL);
    connection_drop(c);
    return answer;
}

const struct twin THIS = { op };
