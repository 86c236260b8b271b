/* SPDX-License-Identifier: MIT */
/* Wrong: it gives way twice before it looks, and is still always ready. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct index *x = index_start(s, i);

    while (!index_is_built(x)) {
        task_yield();
        task_yield();
    }
    return index_sum(x);
}

const struct twin THIS = { op };
