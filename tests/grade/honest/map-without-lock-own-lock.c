/* SPDX-License-Identifier: MIT */
/* Right: a lock beside the scene's, around every write. */
#include "scene.h"

static struct mutex map_lock;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < FOUND; k++) {
        uint64_t found = find(i, k);
        mutex_lock(&map_lock);
        map_set(&s->results->map, (i * FOUND + k) % KEYS, found);
        mutex_unlock(&map_lock);
        sum += found;
    }
    return sum;
}

const struct twin THIS = { op };
