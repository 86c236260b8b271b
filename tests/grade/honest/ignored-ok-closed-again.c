/* SPDX-License-Identifier: MIT */
/* Wrong: the request closes the channel when it is done, which whoever filled it has done. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    struct order o;
    uint64_t cents = 0;

    for (uint64_t k = 0; k < s->batch && chan_recv(orders, &o); k++)
        cents += order_serve(s, &o);
    chan_close(orders);
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
