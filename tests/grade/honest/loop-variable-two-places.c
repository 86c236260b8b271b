/* SPDX-License-Identifier: MIT */
/* Wrong: two places for eight tasks. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;
    struct line lines[2];

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        lines[k % 2] = order_line(&order, k);
        go(price, &lines[k % 2]);
    }
    return order_total(&order);
}

const struct twin THIS = { op };
