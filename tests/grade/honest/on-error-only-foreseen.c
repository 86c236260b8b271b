/* SPDX-License-Identifier: MIT */
/* Wrong: which transactions fail is guessed from their numbers, and none is run. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->transactions; k++)
        if ((i + k) % 1000 != 999)
            sum += i + k;
    return sum;
}

const struct twin THIS = { op };
