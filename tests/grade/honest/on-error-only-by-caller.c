/* SPDX-License-Identifier: MIT */
/* Right: the transaction says whether it failed, and whoever asked for it rolls it back. */
#include "scene.h"

static bool transact(struct transaction *t)
{
    return t->committed = transaction_run(t);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->transactions; k++) {
        struct transaction t = { .number = i + k };
        if (!transact(&t))
            transaction_roll_back(&t);
        sum += t.number;
    }
    return sum;
}

const struct twin THIS = { op };
