/* SPDX-License-Identifier: MIT */
/* Right: the adding is done in place, and the request's share goes in a cleanup. */
#include "scene.h"
#include "defer.h"

static void let_go(void *prices)
{
    chan_drop(prices);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct chan *prices = quote_start(s, i);
    uint64_t price = 0, sum = 0;

    defer(let_go, prices);
    do
        sum += price;
    while (chan_recv(prices, &price));
    return sum;
}

const struct twin THIS = { op };
