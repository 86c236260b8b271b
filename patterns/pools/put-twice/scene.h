/* SPDX-License-Identifier: MIT */
/* An order is decoded into an object from a pool.  To price it, the order that the customer
 * gave last is read again, into another object from the same pool.  One message in five cannot
 * be decoded. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "pool.h"

struct order {
    uint64_t cents;
};

/* An object that was made.  Whatever becomes of the pool, each is in this list once, and is
 * freed by it. */
struct made {
    struct order *order;
    struct made *next;
};

struct scene {
    struct pool *orders;
    struct made *made;
};

/* false: it is no order, and o is as it was. */
static inline bool order_decode(struct order *o, uint64_t i)
{
    if (i % 5 == 2)
        return false;
    o->cents = 1000 + i % 900;
    return true;
}

/* A tenth of what the customer paid last is taken off. */
static inline uint64_t order_price(struct scene *s, const struct order *o, uint64_t customer)
{
    struct order *last = pool_get(s->orders);

    last->cents = 100 + customer % 500;
    uint64_t off = last->cents / 10;
    pool_put(s->orders, last);
    return o->cents - off;
}

#endif
