/* SPDX-License-Identifier: MIT */
/* Right: two tasks, half of the readings each. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    uint64_t half = s->readings / 2;
    go(score, batch_share(&b, 0, half));
    go(score, batch_share(&b, half, s->readings));
    return batch_score(&b);
}

const struct twin THIS = { op };
