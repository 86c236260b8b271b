/* SPDX-License-Identifier: MIT */
/* Right: the task gets its number in a place of its own, and makes the line itself. */
#include "scene.h"

struct numbered {
    struct order *order;
    int k;
};

static void price_numbered(void *arg)
{
    struct numbered *n = arg;
    struct line line = order_line(n->order, n->k);

    price(&line);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;
    struct numbered lines[LINES];

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        lines[k] = (struct numbered){ &order, k };
        go(price_numbered, &lines[k]);
    }
    return order_total(&order);
}

const struct twin THIS = { op };
