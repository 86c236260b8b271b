/* SPDX-License-Identifier: MIT */
/* Wrong: instead of closing it the helper drops the channel, and so does its caller. */
#include "scene.h"

static uint64_t add_up(struct chan *prices)
{
    uint64_t price, sum = 0;

    while (chan_recv(prices, &price))
        sum += price;
    chan_drop(prices); /* leave it tidy */
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
