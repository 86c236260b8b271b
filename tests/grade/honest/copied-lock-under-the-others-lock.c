/* SPDX-License-Identifier: MIT */
/* Right: the lock of the account itself is held around all of it; the other one is of no
 * importance. */
#include "scene.h"

static void pay_in(void *arg)
{
    struct payment *p = arg;
    struct account a = { .scene = p->account->scene, .cents = p->account->cents };

    mutex_lock(&p->account->mutex);
    account_add(&a, p->cents);
    mutex_unlock(&p->account->mutex);
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
