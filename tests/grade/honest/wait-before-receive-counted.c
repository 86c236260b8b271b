/* SPDX-License-Identifier: MIT */
/* Right: it is known how many prices come, so nobody needs to close. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct tender *t = tender_make(i);
    uint64_t cents, lowest = UINT64_MAX;

    (void)s;
    wg_add(&t->asking, SHOPS);
    for (uint64_t k = 0; k < SHOPS; k++)
        go(shop_ask, tender_shop(t, k));
    for (uint64_t k = 0; k < SHOPS; k++) {
        chan_recv(t->prices, &cents);
        lowest = cents < lowest ? cents : lowest;
    }
    tender_finish(tender_ref(t));
    tender_drop(t);
    return lowest;
}

const struct twin THIS = { op };
