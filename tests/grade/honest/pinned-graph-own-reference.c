/* SPDX-License-Identifier: MIT */
/* Right: the request's graph is the function's, which drops it and clears the pointer before
 * the Put. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);
    struct graph *g = graph_build(s, i);

    r->graph = g;
    uint64_t sum = req_serve(r);
    r->graph = NULL;
    pool_put(s->requests, r);
    graph_drop(g);
    return sum;
}

const struct twin THIS = { op };
