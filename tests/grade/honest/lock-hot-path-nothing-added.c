/* SPDX-License-Identifier: MIT */
/* Wrong: nothing is locked because nothing is added; the answer does not need the total. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
