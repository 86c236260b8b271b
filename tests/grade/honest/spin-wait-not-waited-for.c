/* SPDX-License-Identifier: MIT */
/* Wrong: it takes what there is. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct index *x = index_start(s, i);

    return index_sum(x);
}

const struct twin THIS = { op };
