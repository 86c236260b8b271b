/* SPDX-License-Identifier: MIT */
/* Wrong: the sum is worked out on the spot, and there is no second stage any more. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->values; k++)
        sum += i ^ k;
    return sum;
}

const struct twin THIS = { op };
