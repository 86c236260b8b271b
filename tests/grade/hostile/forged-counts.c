/* SPDX-License-Identifier: MIT */
/* Reaches for the counters themselves. */
#include "scene.h"

extern int sched[];

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    sched[0] = 0;
    return i;
}

const struct twin THIS = { op };
