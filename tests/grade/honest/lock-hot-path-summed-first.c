/* SPDX-License-Identifier: MIT */
/* Right: the request adds up for itself, and brings its sum to the total under the lock. */
#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    mutex_lock(&s->mutex);
    s->total += v;
    mutex_unlock(&s->mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->updates; k++)
        sum += i + k;
    add(s, sum);
    return i;
}

const struct twin THIS = { op };
