/* SPDX-License-Identifier: MIT */
/* Wrong: memset clears as many bytes as a pointer has, which is the first field. */
#include "scene.h"
#include <string.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order *o = pool_get(s->orders);

    order_decode(o, i);
    uint64_t cents = order_price(o);
    memset(o, 0, sizeof o);
    pool_put(s->orders, o);
    return cents;
}

const struct twin THIS = { op };
