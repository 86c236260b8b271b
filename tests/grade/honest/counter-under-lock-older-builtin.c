/* SPDX-License-Identifier: MIT */
/* Right: the atomic addition by its older name. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++)
        __sync_fetch_and_add(&s->sent, chunk_send(i, k));
    return i;
}

const struct twin THIS = { op };
