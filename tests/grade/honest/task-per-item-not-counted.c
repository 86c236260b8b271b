/* SPDX-License-Identifier: MIT */
/* Wrong: nobody waits for the tasks, so there is nothing to give back yet. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    uint64_t step = s->readings / TASKS;
    for (uint64_t k = 0; k < s->readings; k += step) {
        b.shares[k] = (struct share){ &b, k, k + step };
        go(score, &b.shares[k]);
    }
    return batch_score(&b);
}

const struct twin THIS = { op };
