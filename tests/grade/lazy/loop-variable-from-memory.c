/* SPDX-License-Identifier: MIT */
/* No task, no channel. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order o = { .number = i };
    uint64_t cents = 0;

    (void)s;
    for (int k = 0; k < LINES; k++)
        cents += order_line(&o, k).cents * (80 + i % 40) / 100;
    return cents;
}

const struct twin THIS = { op };
