/* SPDX-License-Identifier: MIT */
/* Right: a function takes the request from the pool and calls back a nested one, which lets the
 * graph go. */
#include "scene.h"

typedef uint64_t (*use)(struct request *r, struct graph *g);

static uint64_t with_request(struct scene *s, struct graph *g, use serve)
{
    struct request *r = pool_get(s->requests);
    uint64_t sum = serve(r, g);

    pool_put(s->requests, r);
    return sum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t serve(struct request * r, struct graph * g)
    {
        req_hold(r, g);
        uint64_t sum = req_serve(r);
        req_hold(r, NULL);
        return sum;
    }

    return with_request(s, graph_build(s, i), serve);
}

const struct twin THIS = { op };
