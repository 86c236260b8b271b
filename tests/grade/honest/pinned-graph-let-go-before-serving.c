/* SPDX-License-Identifier: MIT */
/* Wrong: the request lets go of the graph before it is served from it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    req_hold(r, NULL);
    uint64_t sum = req_serve(r);
    pool_put(s->requests, r);
    return sum;
}

const struct twin THIS = { op };
