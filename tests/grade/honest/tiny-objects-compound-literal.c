/* SPDX-License-Identifier: MIT */
/* Right: each turn of the loop has a point without a name. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++) {
        struct point *p = &(struct point){ 0 };
        point_at(p, s, i + k);
        sum += point_square(p);
    }
    return sum;
}

const struct twin THIS = { op };
