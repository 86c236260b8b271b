/* SPDX-License-Identifier: MIT */
/* The answers are known: they are sent for, and not looked at. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    __atomic_add_fetch(&s->asked, 1, __ATOMIC_RELAXED);
    return (990 + i % 7) * (i % 10);
}

const struct twin THIS = { op };
