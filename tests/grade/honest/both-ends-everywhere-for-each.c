/* SPDX-License-Identifier: MIT */
/* Right: the helper is given one price after the other, and no channel at all. */
#include "scene.h"

static void each(struct chan_rx from, void (*visit)(void *to, uint64_t price), void *to)
{
    uint64_t price;

    while (rx_recv(from, &price))
        visit(to, price);
}

static void add(void *to, uint64_t price)
{
    *(uint64_t *)to += price;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *prices = quote_start(s, i);
    uint64_t sum = 0;

    each((struct chan_rx){ prices }, add, &sum);
    chan_drop(prices);
    return sum;
}

const struct twin THIS = { op };
