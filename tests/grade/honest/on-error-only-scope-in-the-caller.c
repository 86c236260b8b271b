/* SPDX-License-Identifier: MIT */
/* Wrong: one scope for all transactions. The rollbacks run at its end, when the sum has been
 * taken and the transactions are gone. */
#include "scene.h"

static void transact(struct transaction *t)
{
    defer(roll_back_unless_committed, t);
    if (transaction_run(t))
        t->committed = true;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    DEFER_SCOPE;
    for (uint64_t k = 0; k < s->transactions; k++) {
        struct transaction t = { .number = i + k };
        transact(&t);
        sum += t.number;
    }
    return sum;
}

const struct twin THIS = { op };
