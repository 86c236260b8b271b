/* SPDX-License-Identifier: MIT */
/* Wrong: now it is the good ones that are put twice. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);
    uint64_t cents = 0;

    if (order_decode(o, i)) {
        cents = order_price(s, o, i);
        pool_put(s->orders, o);
    }
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
