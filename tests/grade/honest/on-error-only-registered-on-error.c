/* SPDX-License-Identifier: MIT */
/* Right: the rollback is registered where the transaction has failed, and nowhere else. */
#include "scene.h"

static void roll_back(void *t)
{
    transaction_roll_back(t);
}

static void transact(struct transaction *t)
{
    if (!transaction_run(t)) {
        DEFER_SCOPE;
        defer(roll_back, t);
        return;
    }
    t->committed = true;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->transactions; k++) {
        struct transaction t = { .number = i + k };
        transact(&t);
        sum += t.number;
    }
    return sum;
}

const struct twin THIS = { op };
