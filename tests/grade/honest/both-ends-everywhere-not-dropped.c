/* SPDX-License-Identifier: MIT */
/* Wrong: nobody closes twice any more, and nobody drops the request's share. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan_rx prices = { quote_start(s, i) };
    uint64_t price, sum = 0;

    while (rx_recv(prices, &price))
        sum += price;
    return sum;
}

const struct twin THIS = { op };
