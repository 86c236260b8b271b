/* SPDX-License-Identifier: MIT */
/* What would be in the images is added up. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->records; k++)
        sum += STRIPES * (i * s->records + k) + STRIPES * (STRIPES - 1) / 2;
    return sum;
}

const struct twin THIS = { op };
