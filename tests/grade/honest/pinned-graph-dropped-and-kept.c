/* SPDX-License-Identifier: MIT */
/* Wrong: the graph is dropped, and the pointer to it is put back; the next user drops it
 * again. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    uint64_t sum = req_serve(r);
    graph_drop(r->graph);
    pool_put(s->requests, r);
    return sum;
}

const struct twin THIS = { op };
