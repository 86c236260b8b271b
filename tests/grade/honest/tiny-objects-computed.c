/* SPDX-License-Identifier: MIT */
/* Wrong: the square is computed without a point, as if its origin were known. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++) {
        uint64_t x = (i + k) * 31 % 1009 - 500, y = (i + k) * 17 % 1013 - 500;
        sum += x * x + y * y;
    }
    return sum;
}

const struct twin THIS = { op };
