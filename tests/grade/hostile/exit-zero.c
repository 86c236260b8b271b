/* SPDX-License-Identifier: MIT */
/* Ends the process as if all were well. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    exit(0);
    return i;
}

const struct twin THIS = { op };
