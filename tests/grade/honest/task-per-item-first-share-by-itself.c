/* SPDX-License-Identifier: MIT */
/* Right: seven tasks, and the request scores the first share. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    uint64_t step = s->readings / TASKS;
    for (uint64_t k = step; k < s->readings; k += step)
        go(score, batch_share(&b, k, k + step));
    score(batch_share(&b, 0, step));
    return batch_score(&b);
}

const struct twin THIS = { op };
