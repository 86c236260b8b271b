/* SPDX-License-Identifier: MIT */
/* Wrong: each line is from malloc, and nobody frees it. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        struct line *line = malloc(sizeof *line);
        if (!line)
            panic("out of memory");
        *line = order_line(&order, k);
        go(price, line);
    }
    return order_total(&order);
}

const struct twin THIS = { op };
