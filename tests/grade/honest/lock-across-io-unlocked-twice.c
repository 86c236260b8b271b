/* SPDX-License-Identifier: MIT */
/* Wrong: the new unlock was put in, and the old one left. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    mutex_lock(&s->mutex);
    struct backend b = table_pick(s, i);
    mutex_unlock(&s->mutex);
    uint64_t answer = backend_ask(b, i);
    mutex_unlock(&s->mutex);
    return answer;
}

const struct twin THIS = { op };
