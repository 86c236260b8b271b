/* SPDX-License-Identifier: MIT */
/* Changes its weight, and that of its group. */
#include "scene.h"
#include <sys/resource.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    setpriority(PRIO_PGRP, 0, -20);
    return i;
}

const struct twin THIS = { op };
