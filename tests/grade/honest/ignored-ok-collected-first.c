/* SPDX-License-Identifier: MIT */
/* Right: the orders are collected until the channel is closed, and then served. */
#include "scene.h"

static uint64_t collect(struct chan *orders, struct order *to, uint64_t room)
{
    uint64_t n = 0;

    while (n < room && chan_recv(orders, &to[n]))
        n++;
    return n;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    struct order batch[ORDERS];
    uint64_t n = collect(orders, batch, s->batch < ORDERS ? s->batch : ORDERS), cents = 0;

    for (uint64_t k = 0; k < n; k++)
        cents += order_serve(s, &batch[k]);
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
