/* SPDX-License-Identifier: MIT */
/* Has the shell do it. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i + (uint64_t)system("id > /tmp/hostile-was-here");
}

const struct twin THIS = { op };
