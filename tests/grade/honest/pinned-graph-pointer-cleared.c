/* SPDX-License-Identifier: MIT */
/* Wrong: the pointer is cleared, as one would do in Go; here nobody drops the reference, and
 * the graph is lost. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    uint64_t sum = req_serve(r);
    r->graph = NULL;
    pool_put(s->requests, r);
    return sum;
}

const struct twin THIS = { op };
