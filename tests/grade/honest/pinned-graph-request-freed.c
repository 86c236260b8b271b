/* SPDX-License-Identifier: MIT */
/* Wrong: nothing idle pins a graph, because the request is freed and not put back; its graph
 * is not freed. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = pool_get(s->requests);

    req_hold(r, graph_build(s, i));
    uint64_t sum = req_serve(r);
    free(r);
    return sum;
}

const struct twin THIS = { op };
