/* SPDX-License-Identifier: MIT */
/* Writes through a null pointer. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    *(volatile int *)0 = 1;
    return i;
}

const struct twin THIS = { op };
