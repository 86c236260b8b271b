/* SPDX-License-Identifier: MIT */
/* Right: a scratch for each worker; a lookup does not wait, so nobody comes in between. */
#include "scene.h"

static __thread struct scratch own;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->lookups; k++)
        sum += look_up(&own, i + k);
    return sum;
}

const struct twin THIS = { op };
