/* SPDX-License-Identifier: MIT */
/* Wrong: a receive with a time limit, and its result compared with the wrong one: a closed
 * channel does not let anybody wait. */
#include "scene.h"
#include "timer.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    uint64_t cents = 0;

    for (uint64_t k = 0; k < s->batch; k++) {
        struct order o;
        if (chan_recv_timed(orders, &o, MS) == CHAN_WOULD_BLOCK)
            break;
        cents += order_serve(s, &o);
    }
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
