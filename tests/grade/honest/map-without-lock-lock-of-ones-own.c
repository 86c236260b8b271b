/* SPDX-License-Identifier: MIT */
/* Wrong: every request has a lock of its own, which nobody else ever takes. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    struct mutex mine = { 0 };

    for (uint64_t k = 0; k < FOUND; k++) {
        uint64_t found = find(i, k);
        mutex_lock(&mine);
        map_set(&s->results->map, (i * FOUND + k) % KEYS, found);
        mutex_unlock(&mine);
        sum += found;
    }
    return sum;
}

const struct twin THIS = { op };
