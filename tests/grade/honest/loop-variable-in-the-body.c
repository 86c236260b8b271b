/* SPDX-License-Identifier: MIT */
/* Wrong: a variable in the body ends with the turn, and its place is taken again. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        struct line line = order_line(&order, k);
        go(price, &line);
    }
    return order_total(&order);
}

const struct twin THIS = { op };
