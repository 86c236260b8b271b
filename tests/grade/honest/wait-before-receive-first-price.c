/* SPDX-License-Identifier: MIT */
/* Wrong: it takes the first price that comes, and the other shops wait for ever. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct tender *t = tender_make(i);
    uint64_t cents;

    (void)s;
    wg_add(&t->asking, SHOPS);
    for (uint64_t k = 0; k < SHOPS; k++)
        go(shop_ask, tender_shop(t, k));
    chan_recv(t->prices, &cents);
    tender_drop(t);
    return cents;
}

const struct twin THIS = { op };
