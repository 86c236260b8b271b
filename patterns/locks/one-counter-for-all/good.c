#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct counter *c = &s->shard[i % SHARDS]; /* whoever reads adds them up */

    for (uint64_t k = 0; k < s->chunks; k++)
        __atomic_add_fetch(&c->bytes, chunk_send(i, k), __ATOMIC_RELAXED);
    return i;
}

const struct twin THIS = { op };
