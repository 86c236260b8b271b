/* SPDX-License-Identifier: MIT */
/* Wrong: without a lock two payments are added at the same time. */
#include "scene.h"

static void pay_in(void *arg)
{
    struct payment *p = arg;
    struct account a = *p->account;

    *a.cents += p->cents;
    __atomic_add_fetch(&a.scene->booked, 1, __ATOMIC_RELAXED);
    wg_done(p->paid);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t cents = 0;
    struct account a = { s, &cents, { 0 } };
    struct waitgroup paid = { 0 };
    struct payment wages = { &a, 2000 + i, &paid }, gift = { &a, 50, &paid };

    wg_add(&paid, 2);
    go(pay_in, &wages);
    go(pay_in, &gift);
    wg_wait(&paid);
    return cents;
}

const struct twin THIS = { op };
