/* SPDX-License-Identifier: MIT */
/* Right: the check is a plain call at the one end of the function, and not a registered one. */
#include "scene.h"

static void transact(struct transaction *t)
{
    t->committed = transaction_run(t);
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
