/* SPDX-License-Identifier: MIT */
/* Wrong: in one direction an account is not closed. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct transfer t = transfer_read(s, i);

    account_open(first_of(t.from, t.to));  /* everybody in one order, */
    account_open(second_of(t.from, t.to)); /* whatever the direction */
    transfer_book(&t);
    account_close(t.to);
    if (t.from < t.to)
        account_close(t.from);
    return (uint64_t)t.cents;
}

const struct twin THIS = { op };
