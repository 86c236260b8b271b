/* SPDX-License-Identifier: MIT */
/* Wrong: the hang-up is closed before the answer and, to be sure, after it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    uint64_t answer = connection_serve(c, i);
    chan_close(c->hang_up);
    task_yield();
    chan_close(c->hang_up);
    connection_drop(c);
    return answer;
}

const struct twin THIS = { op };
