/* SPDX-License-Identifier: MIT */
/* Right: an array on the heap, which is freed when all are done. */
#include "scene.h"

#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;
    struct line *lines = calloc(LINES, sizeof *lines);

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        lines[k] = order_line(&order, k);
        go(price, &lines[k]);
    }
    uint64_t cents = order_total(&order);
    free(lines);
    return cents;
}

const struct twin THIS = { op };
