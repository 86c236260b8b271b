/* SPDX-License-Identifier: MIT */
/* Right: one function gives requests back, and lets go of the graph there; the way out goes by
 * it in any case. */
#include "scene.h"

struct lent {
    struct pool *pool;
    struct request *request;
};

static void give_back(struct lent *l)
{
    req_hold(l->request, NULL);
    pool_put(l->pool, l->request);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(give_back))) struct lent l = { s->requests, pool_get(s->requests) };

    req_hold(l.request, graph_build(s, i));
    return req_serve(l.request);
}

const struct twin THIS = { op };
