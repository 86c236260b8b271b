/* SPDX-License-Identifier: MIT */
/* Right: there is room for all prices, so that nobody waits to send his. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct tender *t = tender_make(i);

    (void)s;
    chan_drop(t->prices);
    t->prices = chan_make(sizeof(uint64_t), SHOPS);
    wg_add(&t->asking, SHOPS);
    for (uint64_t k = 0; k < SHOPS; k++)
        go(shop_ask, tender_shop(t, k));
    tender_finish(tender_ref(t));
    uint64_t cents = tender_lowest(t);
    tender_drop(t);
    return cents;
}

const struct twin THIS = { op };
