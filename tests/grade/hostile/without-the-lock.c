/* SPDX-License-Identifier: MIT */
/* The total is right as long as one worker adds to it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        s->total += i + k;
    return i;
}

const struct twin THIS = { op };
