/* SPDX-License-Identifier: MIT */
/* Right: the task copies the line, and says so before the loop goes on. */
#include "scene.h"

struct given {
    struct line line;
    struct chan *taken;
};

static void price_taken(void *arg)
{
    struct given *given = arg;
    struct line line = given->line;

    chan_send(given->taken, NULL);
    price(&line);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct order order;
    struct given given = { .taken = chan_make(0, 0) };

    (void)s;
    order_open(&order, i);
    for (int k = 0; k < LINES; k++) {
        given.line = order_line(&order, k);
        go(price_taken, &given);
        chan_recv(given.taken, NULL);
    }
    uint64_t cents = order_total(&order);
    chan_drop(given.taken);
    return cents;
}

const struct twin THIS = { op };
