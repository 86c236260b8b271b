/* SPDX-License-Identifier: MIT */
/* Right: each way out puts once. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);

    if (!order_decode(o, i)) {
        pool_put(s->orders, o);
        return 0;
    }
    uint64_t cents = order_price(s, o, i);
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
