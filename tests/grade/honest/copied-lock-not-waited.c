/* SPDX-License-Identifier: MIT */
/* Wrong: nobody is added to the wait group, so the request does not wait for its payers. */
#include "scene.h"

static void pay_in(void *arg)
{
    struct payment *p = arg;
    struct account *a = p->account;

    account_add(a, p->cents);
    wg_done(p->paid);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t cents = 0;
    struct account a = { s, &cents, { 0 } };
    struct waitgroup paid = { 0 };
    struct payment wages = { &a, 2000 + i, &paid }, gift = { &a, 50, &paid };

    go(pay_in, &wages);
    go(pay_in, &gift);
    wg_wait(&paid);
    return cents;
}

const struct twin THIS = { op };
