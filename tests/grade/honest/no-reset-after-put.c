/* SPDX-License-Identifier: MIT */
/* Wrong: the order is cleared when it has been put back, and may be somebody else's. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);

    order_decode(o, i);
    uint64_t cents = order_price(o);
    pool_put(s->orders, o);
    *o = (struct order){ 0 };
    return cents;
}

const struct twin THIS = { op };
