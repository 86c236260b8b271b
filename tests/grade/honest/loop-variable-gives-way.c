/* SPDX-License-Identifier: MIT */
/* Wrong: the task has begun, but it looks at the line only later. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;
    struct line line;

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        line = order_line(&order, k);
        go(price, &line);
        task_yield();
    }
    return order_total(&order);
}

const struct twin THIS = { op };
