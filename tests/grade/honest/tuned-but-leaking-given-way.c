/* SPDX-License-Identifier: MIT */
/* Wrong: the watchers get their turn, but still do not know that it is over. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct connection *c = connection_open(s);

    go(watch, connection_ref(c));
    uint64_t answer = connection_serve(c, i);
    task_yield();
    connection_drop(c);
    return answer;
}

const struct twin THIS = { op };
