/* SPDX-License-Identifier: MIT */
/* Wrong: the shares are never freed. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    uint64_t step = s->readings / TASKS;
    for (uint64_t k = 0; k < s->readings; k += step)
        go(score, batch_share(&b, k, k + step));
    wg_wait(&b.scoring);
    return b.score;
}

const struct twin THIS = { op };
