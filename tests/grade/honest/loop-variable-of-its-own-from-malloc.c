/* SPDX-License-Identifier: MIT */
/* Right: each task gets its line from malloc, copies it, and frees it. */
#include "scene.h"

#include <stdlib.h>

static void price_own(void *arg)
{
    struct line line = *(struct line *)arg;

    free(arg);
    price(&line);
}

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
        go(price_own, line);
    }
    return order_total(&order);
}

const struct twin THIS = { op };
