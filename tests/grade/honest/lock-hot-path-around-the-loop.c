/* SPDX-License-Identifier: MIT */
/* Right: the lock is taken once for all updates of a request. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    mutex_lock(&s->mutex);
    for (uint64_t k = 0; k < s->updates; k++)
        s->total += i + k;
    mutex_unlock(&s->mutex);
    return i;
}

const struct twin THIS = { op };
