/* SPDX-License-Identifier: MIT */
/* Right: how it ended is the index of what is to be done. */
#include "scene.h"

static void commit(struct transaction *t)
{
    t->committed = true;
}

static void (*const at_end[])(struct transaction *) = { transaction_roll_back, commit };

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->transactions; k++) {
        struct transaction t = { .number = i + k };
        at_end[transaction_run(&t)](&t);
        sum += t.number;
    }
    return sum;
}

const struct twin THIS = { op };
