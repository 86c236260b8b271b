/* SPDX-License-Identifier: MIT */
/* Wrong: half of the requests let go. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    uint64_t sum = req_serve(r);
    if (i % 2 == 0)
        req_hold(r, NULL);
    pool_put(s->requests, r);
    return sum;
}

const struct twin THIS = { op };
