/* SPDX-License-Identifier: MIT */
/* Right: the atomic addition in the strictest order. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++)
        __atomic_fetch_add(&s->sent, chunk_send(i, k), __ATOMIC_SEQ_CST);
    return i;
}

const struct twin THIS = { op };
