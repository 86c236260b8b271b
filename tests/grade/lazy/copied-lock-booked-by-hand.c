/* SPDX-License-Identifier: MIT */
/* Both amounts at once, counted as two. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    __atomic_add_fetch(&s->booked, 2, __ATOMIC_RELAXED);
    return 2050 + i;
}

const struct twin THIS = { op };
