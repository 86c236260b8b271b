/* SPDX-License-Identifier: MIT */
/* Wrong: the unlock by hand was added, and the registered one was left. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    DEFER_SCOPE;

    mutex_lock(&s->mutex);
    defer(unlock, &s->mutex);
    s->total += v;
    mutex_unlock(&s->mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
