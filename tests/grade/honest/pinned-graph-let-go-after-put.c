/* SPDX-License-Identifier: MIT */
/* Wrong: the request lets go when it has been put back, and may be somebody else's. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    uint64_t sum = req_serve(r);
    pool_put(s->requests, r);
    req_hold(r, NULL);
    return sum;
}

const struct twin THIS = { op };
