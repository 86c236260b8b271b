/* SPDX-License-Identifier: MIT */
/* Never ends for the compiler. */
#include "student.c"
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
