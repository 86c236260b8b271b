/* SPDX-License-Identifier: MIT */
/* Wrong: the scope is opened once, by the caller. The unlock of the first update waits for its
 * end, and the second update for the unlock. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    mutex_lock(&s->mutex);
    defer(unlock, &s->mutex);
    s->total += v;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;

    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
