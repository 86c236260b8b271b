/* SPDX-License-Identifier: MIT */
/* Wrong: the request returns when the channel is closed, and past the line that drops it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    uint64_t cents = 0;

    for (uint64_t k = 0; k < s->batch; k++) {
        struct order o;
        if (!chan_recv(orders, &o))
            return cents;
        cents += order_serve(s, &o);
    }
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
