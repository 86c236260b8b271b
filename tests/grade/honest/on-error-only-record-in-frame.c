/* SPDX-License-Identifier: MIT */
/* Wrong: the record lies in the frame now, but each success still registers one. */
#include "scene.h"

static void transact(struct transaction *t)
{
    struct cleanup record;
    DEFER_SCOPE;

    defer_record(&record, roll_back_unless_committed, t);
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
