/* SPDX-License-Identifier: MIT */
/* Right: every transfer opens both accounts in the order of the list. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct transfer t = transfer_read(s, i);

    account_open(&s->accounts[0]);
    account_open(&s->accounts[1]);
    transfer_book(&t);
    account_close(t.to);
    account_close(t.from);
    return (uint64_t)t.cents;
}

const struct twin THIS = { op };
