/* SPDX-License-Identifier: MIT */
/* Right: the receiver waits in a select whose case says that the sender has closed. */
#include "scene.h"
#include "select.h"

static uint64_t add_up(struct chan *prices)
{
    uint64_t price, sum = 0;
    struct select_case next = RECV(prices, &price);

    while (select_wait(&next, 1) == 0 && next.ok)
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
