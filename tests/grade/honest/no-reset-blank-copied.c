/* SPDX-License-Identifier: MIT */
/* Right: an order comes out of the pool by a function of its own, with what a blank one has. */
#include "scene.h"

#include <string.h>

static struct order *order_new(struct scene *s)
{
    static const struct order blank;

    return memcpy(pool_get(s->orders), &blank, sizeof blank);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = order_new(s);

    order_decode(o, i);
    uint64_t cents = order_price(o);
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
