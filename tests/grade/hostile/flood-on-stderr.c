/* SPDX-License-Identifier: MIT */
/* Prints until somebody's disk is full. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    for (;;)
        fprintf(stderr, "%0999d\n", (int)i);
    return i;
}

const struct twin THIS = { op };
