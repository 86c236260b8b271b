/* SPDX-License-Identifier: MIT */
/* Right: the task that waits and closes is started first; the shops are counted before it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct tender *t = tender_make(i);

    (void)s;
    wg_add(&t->asking, SHOPS);
    go(tender_finish, tender_ref(t));
    for (uint64_t k = 0; k < SHOPS; k++)
        go(shop_ask, tender_shop(t, k));
    uint64_t cents = tender_lowest(t);
    tender_drop(t);
    return cents;
}

const struct twin THIS = { op };
