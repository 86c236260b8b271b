/* SPDX-License-Identifier: MIT */
/* Wrong: what came is served before it is asked whether anything came: one phantom a request. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    uint64_t cents = 0, k = 0;
    bool more;

    do {
        struct order o;
        more = chan_recv(orders, &o);
        cents += order_serve(s, &o);
    } while (more && ++k < s->batch);
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
