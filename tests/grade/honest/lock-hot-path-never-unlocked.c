/* SPDX-License-Identifier: MIT */
/* Wrong: the registered unlock is gone, and nothing has taken its place. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    mutex_lock(&s->mutex);
    s->total += v;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
