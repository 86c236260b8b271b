/* SPDX-License-Identifier: MIT */
/* Wrong: no pool any more, but each point is on the heap, which costs more. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++) {
        struct point *p = heap_alloc(sizeof *p);
        point_at(p, s, i + k);
        sum += point_square(p);
        heap_free(p);
    }
    return sum;
}

const struct twin THIS = { op };
