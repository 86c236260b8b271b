/* SPDX-License-Identifier: MIT */
/* Wrong: an array, and every task gets its first place. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;
    struct line lines[LINES];

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        lines[k] = order_line(&order, k);
        go(price, lines);
    }
    return order_total(&order);
}

const struct twin THIS = { op };
