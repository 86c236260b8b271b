/* SPDX-License-Identifier: MIT */
/* Wrong: many counters, and all requests take the first. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    struct counter *c = &s->shard[0];

    for (uint64_t k = 0; k < s->chunks; k++)
        __atomic_add_fetch(&c->bytes, chunk_send(i, k), __ATOMIC_RELAXED);
    return i;
}

const struct twin THIS = { op };
