/* SPDX-License-Identifier: MIT */
/* Wrong: each worker counts in a variable of its own that the metrics do not know. */
#include "scene.h"

static __thread uint64_t mine;

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++)
        mine += chunk_send(i, k);
    return i;
}

const struct twin THIS = { op };
