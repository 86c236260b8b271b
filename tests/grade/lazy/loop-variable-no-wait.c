/* SPDX-License-Identifier: MIT */
/* The lines are priced by tasks that nobody waits for. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order o = { .number = i };
    uint64_t cents = 0;

    (void)s;
    order_open(&o, i);
    for (int k = 0; k < LINES; k++) {
        struct line line = order_line(&o, k);
        cents += line.cents * (80 + i % 40) / 100;
        wg_done(&o.priced);
    }
    order_total(&o);
    return cents;
}

const struct twin THIS = { op };
