/* SPDX-License-Identifier: MIT */
/* Wrong: a loop that ends before the last order is served. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    struct order o;
    uint64_t cents = 0;

    chan_recv(orders, &o);
    for (uint64_t k = 1; k < s->batch && chan_len(orders) > 0; k++) {
        cents += order_serve(s, &o);
        chan_recv(orders, &o);
    }
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
