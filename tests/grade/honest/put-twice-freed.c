/* SPDX-License-Identifier: MIT */
/* Wrong: what is no order is freed, which is the scene's to do. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);
    uint64_t cents = 0;

    if (!order_decode(o, i)) {
        free(o);
        return 0;
    }
    cents = order_price(s, o, i);
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
