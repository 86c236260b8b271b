/* SPDX-License-Identifier: MIT */
/* Wrong: the hang-up is offered by a try before the watcher has come to wait for it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    chan_try_send(c->hang_up, NULL);
    uint64_t answer = connection_serve(c, i);
    connection_drop(c);
    return answer;
}

const struct twin THIS = { op };
