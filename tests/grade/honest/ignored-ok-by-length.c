/* SPDX-License-Identifier: MIT */
/* Right: this request is the only receiver of a complete channel, so its length can be relied on.
 */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *orders = orders_of(i);
    size_t n = chan_len(orders) < s->batch ? chan_len(orders) : s->batch;
    uint64_t cents = 0;

    while (n-- > 0) {
        struct order o;
        chan_recv(orders, &o);
        cents += order_serve(s, &o);
    }
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
