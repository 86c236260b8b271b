/* SPDX-License-Identifier: MIT */
/* The same without libc. */
#include "scene.h"

static void *first[5];

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    if (!__builtin_setjmp(first))
        __builtin_longjmp(first, 1);
    return i;
}

const struct twin THIS = { op };
