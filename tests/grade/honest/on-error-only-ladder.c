/* SPDX-License-Identifier: MIT */
/* Right: a label undoes what has to be undone, and only the failure goes there. */
#include "scene.h"

static void transact(struct transaction *t)
{
    if (!transaction_run(t))
        goto roll_back;
    t->committed = true;
    return;

roll_back:
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
