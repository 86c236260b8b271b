/* SPDX-License-Identifier: MIT */
/* A symbol that takes the place of everybody's. */
#include "scene.h"

__asm__(
    ".globl chan_drop\n .type chan_drop, @gnu_unique_object\n .data\nchan_drop:\n .quad 0\n .text");

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
