/* SPDX-License-Identifier: MIT */
/* Right: the message is decoded into an empty order, which then replaces all of the pooled
 * one. */
#include "scene.h"

static struct order decoded(uint64_t i)
{
    struct order fresh = { 0 };

    order_decode(&fresh, i);
    return fresh;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);

    *o = decoded(i);
    uint64_t cents = order_price(o);
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
