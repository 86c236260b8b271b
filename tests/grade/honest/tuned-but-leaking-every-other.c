/* SPDX-License-Identifier: MIT */
/* Wrong: only every other connection is hung up, so the end comes twice as late. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    uint64_t answer = connection_serve(c, i);
    if (i % 2)
        chan_close(c->hang_up);
    connection_drop(c);
    return answer;
}

const struct twin THIS = { op };
