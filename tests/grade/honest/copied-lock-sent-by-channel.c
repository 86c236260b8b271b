/* SPDX-License-Identifier: MIT */
/* Right: the account's address goes to its payers through a channel. */
#include "scene.h"

#include "chan.h"

struct order {
    struct account *account;
    uint64_t cents;
    struct waitgroup *paid;
};

static void pay_in(void *arg)
{
    struct chan *orders = arg;
    struct order o;

    if (chan_recv(orders, &o))
        account_add(o.account, o.cents);
    wg_done(o.paid);
    chan_drop(orders);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t cents = 0;
    struct account a = { .scene = s, .cents = &cents };
    const uint64_t amounts[] = { 2000 + i, 50 };
    struct chan *orders = chan_make(sizeof(struct order), 0);
    struct waitgroup paid = { 0 };

    wg_add(&paid, 2);

    for (int k = 0; k < 2; k++)
        go(pay_in, chan_ref(orders));
    for (int k = 0; k < 2; k++)
        chan_send(orders, (&(struct order){ &a, amounts[k], &paid }));
    wg_wait(&paid);
    chan_drop(orders);
    return cents;
}

const struct twin THIS = { op };
