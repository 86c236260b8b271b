/* SPDX-License-Identifier: MIT */
/* Wrong: one static point for all requests; two workers write into it at the same time. */
#include "scene.h"

struct point p;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++) {
        point_at(&p, s, i + k);
        sum += point_square(&p);
    }
    return sum;
}

const struct twin THIS = { op };
