/* SPDX-License-Identifier: MIT */
/* Wrong: nothing is counted, so no line travels. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t bytes = 0;

    for (uint64_t k = 0; k < s->chunks; k++)
        bytes += chunk_send(i, k);
    return bytes ? i : 0;
}

const struct twin THIS = { op };
