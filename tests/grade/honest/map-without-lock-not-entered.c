/* SPDX-License-Identifier: MIT */
/* Wrong: nothing is entered. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < FOUND; k++)
        sum += find(i, k);
    (void)s;
    return sum;
}

const struct twin THIS = { op };
