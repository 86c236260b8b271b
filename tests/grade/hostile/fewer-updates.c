/* SPDX-License-Identifier: MIT */
/* Half of the work, in half of the time. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates / 2; k++) {
        mutex_lock(&s->mutex);
        s->total += i + k;
        mutex_unlock(&s->mutex);
    }
    return i;
}

const struct twin THIS = { op };
