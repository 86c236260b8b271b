/* SPDX-License-Identifier: MIT */
/* Right: the lock is taken once a request, around all of its keys. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    mutex_lock(&s->results->mutex);
    for (uint64_t k = 0; k < FOUND; k++) {
        uint64_t found = find(i, k);
        map_set(&s->results->map, (i * FOUND + k) % KEYS, found);
        sum += found;
    }
    mutex_unlock(&s->results->mutex);
    return sum;
}

const struct twin THIS = { op };
