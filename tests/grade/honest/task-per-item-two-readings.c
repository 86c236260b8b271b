/* SPDX-License-Identifier: MIT */
/* Wrong: a task for every two readings is half of too many. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    uint64_t step = 2;
    for (uint64_t k = 0; k < s->readings; k += step)
        go(score, batch_share(&b, k, k + step));
    return batch_score(&b);
}

const struct twin THIS = { op };
