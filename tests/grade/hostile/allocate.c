/* SPDX-License-Identifier: MIT */
/* Takes memory until there is none. */
#include "scene.h"

#include <stdlib.h>
#include <string.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    for (;;)
        memset(malloc(1 << 20), 1, 1 << 20);
    return i;
}

const struct twin THIS = { op };
