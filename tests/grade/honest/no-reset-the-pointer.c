/* SPDX-License-Identifier: MIT */
/* Wrong: the variable is cleared and not the order, and NULL is put back: the order is lost. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);

    order_decode(o, i);
    uint64_t cents = order_price(o);
    o = NULL;
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
