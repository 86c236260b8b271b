/* SPDX-License-Identifier: MIT */
/* Wrong: one turn is enough for one piece. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct index *x = index_start(s, i);

    if (!index_is_built(x))
        task_yield();
    return index_sum(x);
}

const struct twin THIS = { op };
