/* SPDX-License-Identifier: MIT */
/* Right: only one transfer at a time opens accounts, and it holds none while it waits for that.
 * */
#include "scene.h"

static struct mutex bank;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct transfer t = transfer_read(s, i);

    mutex_lock(&bank);
    account_open(t.from);
    account_open(t.to);
    mutex_unlock(&bank);
    transfer_book(&t);
    account_close(t.to);
    account_close(t.from);
    return (uint64_t)t.cents;
}

const struct twin THIS = { op };
