/* SPDX-License-Identifier: MIT */
/* Right: one function gives orders back, and it alone clears them; the way out goes by it in
 * any case. */
#include "scene.h"
#include <string.h>

struct lent {
    struct pool *pool;
    struct order *order;
};

static void give_back(struct lent *l)
{
    memset(l->order, 0, sizeof *l->order);
    pool_put(l->pool, l->order);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(give_back))) struct lent l = { s->orders, pool_get(s->orders) };

    order_decode(l.order, i);
    return order_price(l.order);
}

const struct twin THIS = { op };
