/* SPDX-License-Identifier: MIT */
/* Right: the counter is chosen by other bits of the request's number. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    struct counter *c = &s->shard[i * 0x9e3779b97f4a7c15u >> 61];

    for (uint64_t k = 0; k < s->chunks; k++)
        __atomic_add_fetch(&c->bytes, chunk_send(i, k), __ATOMIC_RELAXED);
    return i;
}

const struct twin THIS = { op };
