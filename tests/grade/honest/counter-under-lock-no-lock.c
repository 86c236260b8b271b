/* SPDX-License-Identifier: MIT */
/* Wrong: the lock is gone, and nothing came in its place. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++)
        s->sent += chunk_send(i, k);
    return i;
}

const struct twin THIS = { op };
