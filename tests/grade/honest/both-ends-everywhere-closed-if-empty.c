/* SPDX-License-Identifier: MIT */
/* Wrong: an empty channel is closed; that it is empty does not say that it is open. */
#include "scene.h"

static uint64_t add_up(struct chan *prices)
{
    uint64_t price, sum = 0;

    while (chan_recv(prices, &price))
        sum += price;
    if (chan_len(prices) == 0)
        chan_close(prices);
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
