/* SPDX-License-Identifier: MIT */
/* Right: a select that keeps its case can be asked whether a value came. */
#include "scene.h"
#include "select.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    uint64_t cents = 0;

    for (uint64_t k = 0; k < s->batch; k++) {
        struct order o;
        struct select_case next = RECV(orders, &o);
        select_wait(&next, 1);
        if (!next.ok)
            break;
        cents += order_serve(s, &o);
    }
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
