/* SPDX-License-Identifier: MIT */
/* Wrong: requests with an even number still ask with the lock held. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    mutex_lock(&s->mutex);
    struct backend b = table_pick(s, i);
    if (i % 2)
        mutex_unlock(&s->mutex);
    uint64_t answer = backend_ask(b, i);
    if (i % 2 == 0)
        mutex_unlock(&s->mutex);
    return answer;
}

const struct twin THIS = { op };
