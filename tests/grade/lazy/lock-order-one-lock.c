/* SPDX-License-Identifier: MIT */
/* The lock of the one account, for both. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct transfer t = transfer_read(s, i);

    account_open(t.from);
    transfer_book(&t);
    account_close(t.from);
    return (uint64_t)t.cents;
}

const struct twin THIS = { op };
