/* SPDX-License-Identifier: MIT */
/* Right: no task at all; the request scores its readings itself. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    score(batch_share(&b, 0, s->readings));
    return batch_score(&b);
}

const struct twin THIS = { op };
