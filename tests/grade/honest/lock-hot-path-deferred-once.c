/* SPDX-License-Identifier: MIT */
/* Right: the unlock stays registered, but once a request and not once an update. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;

    mutex_lock(&s->mutex);
    defer(unlock, &s->mutex);
    for (uint64_t k = 0; k < s->updates; k++)
        s->total += i + k;
    return i;
}

const struct twin THIS = { op };
