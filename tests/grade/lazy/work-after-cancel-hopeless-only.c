/* SPDX-License-Identifier: MIT */
/* The one job that fails, and none of those before it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch *b = batch_begin(s, i);

    batch_do(b, HOPELESS);
    return batch_end(b);
}

const struct twin THIS = { op };
