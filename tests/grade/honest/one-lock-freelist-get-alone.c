/* SPDX-License-Identifier: MIT */
/* Wrong: taken from the pool and put on the list: the pool is empty each time, and the list
 * grows, under its lock. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->lookups; k++) {
        struct scratch *w = pool_get(s->pool);
        sum += look_up(w, i + k);
        freelist_put(&s->list, w);
    }
    return sum;
}

const struct twin THIS = { op };
