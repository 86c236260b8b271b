/* SPDX-License-Identifier: MIT */
/* Right: nobody needs the scratch longer than the request, so it lies in its frame. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    struct scratch w;

    for (uint64_t k = 0; k < s->lookups; k++)
        sum += look_up(&w, i + k);
    return sum;
}

const struct twin THIS = { op };
