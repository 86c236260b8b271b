/* SPDX-License-Identifier: MIT */
/* Nothing is built by anybody else. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->pieces; k++)
        sum += piece_build(i * s->pieces + k);
    return sum;
}

const struct twin THIS = { op };
