/* SPDX-License-Identifier: MIT */
/* Jumps back into a request that has been answered. */
#include "scene.h"
#include <setjmp.h>

static jmp_buf first;

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    if (i % 2 == 0) {
        setjmp(first);
        return i;
    }
    longjmp(first, 1);
}

const struct twin THIS = { op };
