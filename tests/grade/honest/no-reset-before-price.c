/* SPDX-License-Identifier: MIT */
/* Wrong: the order is cleared before its price is asked for. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);

    order_decode(o, i);
    *o = (struct order){ 0 };
    uint64_t cents = order_price(o);
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
