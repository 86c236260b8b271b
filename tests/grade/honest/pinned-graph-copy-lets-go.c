/* SPDX-License-Identifier: MIT */
/* Half right: what lets the graph go is a copy of the request, and the request keeps the pointer.
 */
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
        struct request mine = *r;
        req_hold(&mine, NULL);
        return sum;
    }

    return with_request(s, graph_build(s, i), serve);
}

const struct twin THIS = { op };
