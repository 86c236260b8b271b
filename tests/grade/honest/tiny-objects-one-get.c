/* SPDX-License-Identifier: MIT */
/* Right: the point comes from the pool, but once a request and not once a point. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    struct point *p = pool_get(s->points);

    for (uint64_t k = 0; k < s->measured; k++) {
        point_at(p, s, i + k);
        sum += point_square(p);
    }
    pool_put(s->points, p);
    return sum;
}

const struct twin THIS = { op };
