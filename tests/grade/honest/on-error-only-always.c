/* SPDX-License-Identifier: MIT */
/* Wrong: the rollback is done by hand now, but also where all went well. */
#include "scene.h"

static void transact(struct transaction *t)
{
    if (transaction_run(t))
        t->committed = true;
    transaction_roll_back(t);
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
