/* SPDX-License-Identifier: MIT */
/* Wrong: each lookup takes a scratch from the pool and none gives it back. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->lookups; k++) {
        struct scratch *w = pool_get(s->pool);
        sum += look_up(w, i + k);
    }
    return sum;
}

const struct twin THIS = { op };
