/* SPDX-License-Identifier: MIT */
/* Wrong: the result is kept in a variable, and nobody looks at it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    uint64_t cents = 0;

    for (uint64_t k = 0; k < s->batch; k++) {
        struct order o;
        bool ok = chan_recv(orders, &o);
        (void)ok;
        cents += order_serve(s, &o);
    }
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
