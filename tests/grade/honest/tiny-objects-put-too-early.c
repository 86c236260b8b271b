/* SPDX-License-Identifier: MIT */
/* Wrong: the point is put back before its square is taken. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++) {
        struct point *p = pool_get(s->points);
        point_at(p, s, i + k);
        pool_put(s->points, p);
        sum += point_square(p);
    }
    return sum;
}

const struct twin THIS = { op };
