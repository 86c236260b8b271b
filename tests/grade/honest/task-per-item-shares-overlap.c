/* SPDX-License-Identifier: MIT */
/* Wrong: each share reaches into the next. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    uint64_t step = s->readings / TASKS;
    for (uint64_t k = 0; k < s->readings; k += step)
        go(score, batch_share(&b, k, k + step + 1));
    return batch_score(&b);
}

const struct twin THIS = { op };
