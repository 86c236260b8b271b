/* SPDX-License-Identifier: MIT */
/* Wrong: the last price is worked out and not received, and its sender waits for ever. */
#include "scene.h"

static uint64_t add_up(struct chan *prices)
{
    uint64_t price = 0, sum = 0;

    for (int k = 1; k < PRICES; k++) {
        chan_recv(prices, &price);
        sum += price;
    }
    return sum + price + 1;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *prices = quote_start(s, i);

    uint64_t sum = add_up(prices);
    chan_drop(prices);
    return sum;
}

const struct twin THIS = { op };
