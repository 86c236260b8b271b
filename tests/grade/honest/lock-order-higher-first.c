/* SPDX-License-Identifier: MIT */
/* Right: the other order is an order, too. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct transfer t = transfer_read(s, i);

    account_open(second_of(t.from, t.to));
    account_open(first_of(t.from, t.to));
    transfer_book(&t);
    account_close(t.to);
    account_close(t.from);
    return (uint64_t)t.cents;
}

const struct twin THIS = { op };
