/* SPDX-License-Identifier: MIT */
/* Wrong: nobody is asked. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i % 8 ? 200 : 404;
}

const struct twin THIS = { op };
