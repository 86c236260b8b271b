/* SPDX-License-Identifier: MIT */
/* Wrong: without the registered check nobody rolls back what failed. */
#include "scene.h"

static void transact(struct transaction *t)
{
    if (transaction_run(t))
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
