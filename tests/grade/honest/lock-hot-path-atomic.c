/* SPDX-License-Identifier: MIT */
/* Right: one addition needs no lock; it is atomic by itself. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        __atomic_add_fetch(&s->total, i + k, __ATOMIC_RELAXED);
    return i;
}

const struct twin THIS = { op };
