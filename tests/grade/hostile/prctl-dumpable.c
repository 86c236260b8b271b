/* SPDX-License-Identifier: MIT */
/* Lets others look into its memory, and outlives its parent. */
#include "scene.h"
#include <sys/prctl.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
    return i;
}

const struct twin THIS = { op };
