/* SPDX-License-Identifier: MIT */
/* Wrong: the transaction is marked as committed before it has run, so the check never rolls
 * back. */
#include "scene.h"

static void transact(struct transaction *t)
{
    t->committed = true;
    transaction_run(t);
    roll_back_unless_committed(t);
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
