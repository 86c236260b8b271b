/* SPDX-License-Identifier: MIT */
/* Wrong: the second close still panics; now somebody catches the panic and says nothing. */
#include "scene.h"
#include "defer.h"

static void quietly(void *nothing)
{
    (void)nothing;
    recover();
}

static void close_it(void *prices)
{
    defer(quietly, NULL);
    chan_close(prices);
}

static uint64_t add_up(struct chan *prices)
{
    uint64_t price, sum = 0;

    while (chan_recv(prices, &price))
        sum += price;
    protect(close_it, prices);
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
