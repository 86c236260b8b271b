/* SPDX-License-Identifier: MIT */
/* Wrong: the squares are worked out on the spot, and the server is not asked. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->items; k++)
        sum += (i + k) * (i + k);
    return sum;
}

const struct twin THIS = { op };
