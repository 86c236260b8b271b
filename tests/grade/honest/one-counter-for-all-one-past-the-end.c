/* SPDX-License-Identifier: MIT */
/* Wrong: the last of the counters is one that is not there. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    struct counter *c = &s->shard[i % (SHARDS + 1)];

    for (uint64_t k = 0; k < s->chunks; k++)
        __atomic_add_fetch(&c->bytes, chunk_send(i, k), __ATOMIC_RELAXED);
    return i;
}

const struct twin THIS = { op };
