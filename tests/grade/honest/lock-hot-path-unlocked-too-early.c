/* SPDX-License-Identifier: MIT */
/* Wrong: the lock is given back before the addition that it is for. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    mutex_lock(&s->mutex);
    mutex_unlock(&s->mutex);
    s->total += v;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
