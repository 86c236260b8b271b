/* SPDX-License-Identifier: MIT */
/* Wrong: the count was the price, so it was left out. */
#include "scene.h"

static uint64_t handler(struct scene *s, uint64_t i)
{
    (void)s;
    return handle(i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->handlers; k++)
        sum += handler(s, i + k);
    return sum;
}

const struct twin THIS = { op };
