/* SPDX-License-Identifier: MIT */
/* Wrong: a loop that gives no way keeps the only worker. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct index *x = index_start(s, i);

    while (!index_is_built(x))
        ;
    return index_sum(x);
}

const struct twin THIS = { op };
