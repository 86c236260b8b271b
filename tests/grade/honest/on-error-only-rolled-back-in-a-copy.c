/* SPDX-License-Identifier: MIT */
/* Half right: what is rolled back is the function's own copy. */
#include "scene.h"

static bool transact(struct transaction t)
{
    bool ok = transaction_run(&t);

    if (!ok)
        transaction_roll_back(&t);
    return ok;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->transactions; k++) {
        struct transaction t = { .number = i + k };
        t.committed = transact(t);
        sum += t.number;
    }
    return sum;
}

const struct twin THIS = { op };
