/* SPDX-License-Identifier: MIT */
/* A request serves a batch of orders.  It is given room for `batch` of them, and a
 * channel in which fewer lie; the channel is closed behind the last. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"

enum { ORDERS = 8 }; /* in each batch */

struct scene {
    uint64_t batch;    /* how many orders a request would take */
    uint64_t phantoms; /* atomic: orders served that nobody has given */
};

struct order {
    uint64_t customer; /* from 1 */
    uint64_t cents;
};

/* The channel of request i, complete and closed.  The caller's. */
static inline struct chan *orders_of(uint64_t i)
{
    struct chan *orders = chan_make(sizeof(struct order), ORDERS);

    for (uint64_t k = 0; k < ORDERS; k++) {
        struct order o = { .customer = 1 + k, .cents = 100 + i % 900 };
        chan_send(orders, &o);
    }
    chan_close(orders);
    return orders;
}

/* Charge the customer.  There is no customer 0. */
static inline uint64_t order_serve(struct scene *s, const struct order *o)
{
    if (!o->customer)
        __atomic_add_fetch(&s->phantoms, 1, __ATOMIC_RELAXED);
    return o->cents;
}

#endif
