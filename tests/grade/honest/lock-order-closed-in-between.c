/* SPDX-License-Identifier: MIT */
/* Wrong: only one account is open while the transfer is booked. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct transfer t = transfer_read(s, i);

    account_open(t.from);
    account_close(t.from);
    account_open(t.to);
    transfer_book(&t);
    account_close(t.to);
    return (uint64_t)t.cents;
}

const struct twin THIS = { op };
