/* SPDX-License-Identifier: MIT */
/* Wrong: what is no order is never put back. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);
    uint64_t cents = 0;

    if (order_decode(o, i)) {
        cents = order_price(s, o, i);
        pool_put(s->orders, o);
    }
    return cents;
}

const struct twin THIS = { op };
