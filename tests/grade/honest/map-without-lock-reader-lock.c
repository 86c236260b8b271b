/* SPDX-License-Identifier: MIT */
/* Wrong: a reader's lock around a write lets other writers in. */
#include "scene.h"

static struct rwmutex map_lock;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < FOUND; k++) {
        uint64_t found = find(i, k);
        rwmutex_rlock(&map_lock);
        map_set(&s->results->map, (i * FOUND + k) % KEYS, found);
        rwmutex_runlock(&map_lock);
        sum += found;
    }
    return sum;
}

const struct twin THIS = { op };
