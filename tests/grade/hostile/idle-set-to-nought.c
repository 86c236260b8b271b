/* SPDX-License-Identifier: MIT */
/* The bad twin, which tells the scene that nothing lies idle. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    uint64_t sum = req_serve(r);
    pool_put(s->requests, r);
    __atomic_store_n(&s->graph_bytes, 0, __ATOMIC_RELAXED);
    return sum;
}

const struct twin THIS = { op };
