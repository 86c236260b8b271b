/* SPDX-License-Identifier: MIT */
/* Sets the clock. */
#include "scene.h"
#include <time.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    struct timespec then = { 0 };

    clock_settime(CLOCK_REALTIME, &then);
    return i;
}

const struct twin THIS = { op };
