/* SPDX-License-Identifier: MIT */
/* Right: so many prices are received as there are; who closes is none of the helper's business. */
#include "scene.h"

static uint64_t add_up(struct chan *prices)
{
    uint64_t sum = 0;

    for (int k = 0; k < PRICES; k++) {
        uint64_t price;
        chan_recv(prices, &price);
        sum += price;
    }
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
