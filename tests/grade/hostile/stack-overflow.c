/* SPDX-License-Identifier: MIT */
/* Calls itself until the stack is used up. */
#include "scene.h"

static uint64_t deeper(uint64_t i)
{
    volatile char frame[512] = { (char)i };

    return deeper(i + 1) + (uint64_t)frame[i % 512];
}

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return deeper(i) + i;
}

const struct twin THIS = { op };
