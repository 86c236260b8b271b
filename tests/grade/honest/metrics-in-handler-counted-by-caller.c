/* SPDX-License-Identifier: MIT */
/* Right: the handlers know nothing of the count; whoever calls them counts. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->handlers; k++) {
        sum += handle(i + k);
        count_handled(s);
    }
    return sum;
}

const struct twin THIS = { op };
