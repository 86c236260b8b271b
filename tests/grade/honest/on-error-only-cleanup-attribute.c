/* SPDX-License-Identifier: MIT */
/* Right: the compiler writes the check where the braces end; nothing is registered. */
#include "scene.h"

static void check(struct transaction **t)
{
    roll_back_unless_committed(*t);
}

static void transact(struct transaction *t)
{
    __attribute__((cleanup(check))) struct transaction *checked = t;

    if (transaction_run(checked))
        checked->committed = true;
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
