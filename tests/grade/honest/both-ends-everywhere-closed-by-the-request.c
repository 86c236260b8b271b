/* SPDX-License-Identifier: MIT */
/* Wrong: the close has only moved from the helper to its caller. */
#include "scene.h"

static uint64_t add_up(struct chan_rx prices)
{
    uint64_t price, sum = 0;

    while (rx_recv(prices, &price))
        sum += price;
    return sum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *prices = quote_start(s, i);

    uint64_t sum = add_up((struct chan_rx){ prices });
    chan_close(prices);
    chan_drop(prices);
    return sum;
}

const struct twin THIS = { op };
