/* SPDX-License-Identifier: MIT */
/* Right: a request counts its handlers for itself and adds the number once. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0, handled = 0;

    for (uint64_t k = 0; k < s->handlers; k++) {
        sum += handle(i + k);
        handled++;
    }
    __atomic_add_fetch(&s->handled, handled, __ATOMIC_RELAXED);
    return sum;
}

const struct twin THIS = { op };
