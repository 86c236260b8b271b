/* SPDX-License-Identifier: MIT */
/* Right: a task receives and sends on the lowest price, while the request waits
 * for the shops. */
#include "scene.h"

struct collector {
    struct tender *tender;
    struct chan *lowest;
};

static void collect(void *arg)
{
    struct collector c = *(struct collector *)arg;

    chan_send(c.lowest, &(uint64_t){ tender_lowest(c.tender) });
    chan_drop(c.lowest);
    tender_drop(c.tender);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct tender *t = tender_make(i);
    struct chan *lowest = chan_make(sizeof(uint64_t), 0);
    struct collector c = { tender_ref(t), chan_ref(lowest) };
    uint64_t cents = 0;

    (void)s;
    wg_add(&t->asking, SHOPS);
    for (uint64_t k = SHOPS; k-- > 0;)
        go(shop_ask, tender_shop(t, k));
    go(collect, &c);
    tender_finish(tender_ref(t));
    chan_recv(lowest, &cents);
    chan_drop(lowest);
    tender_drop(t);
    return cents;
}

const struct twin THIS = { op };
