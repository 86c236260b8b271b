/* SPDX-License-Identifier: MIT */
/* Takes the worker out of a register. */
#include "scene.h"

register void *here __asm__("r12");

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i + (here == NULL);
}

const struct twin THIS = { op };
