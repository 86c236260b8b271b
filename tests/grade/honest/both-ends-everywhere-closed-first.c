/* SPDX-License-Identifier: MIT */
/* Wrong: the helper closes before it reads, so that the sender is the one to panic. */
#include "scene.h"

static uint64_t add_up(struct chan *prices)
{
    uint64_t price, sum = 0;

    chan_close(prices);
    while (chan_recv(prices, &price))
        sum += price;
    return sum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *prices = quote_start(s, i);

    uint64_t sum = add_up(prices);
    chan_drop(prices);
    return sum;
}

const struct twin THIS = { op };
