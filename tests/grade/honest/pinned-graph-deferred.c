/* SPDX-License-Identifier: MIT */
/* Right: letting go is registered when the request takes hold, and the Put before it. */
#include "scene.h"
#include "defer.h"

struct lent {
    struct pool *pool;
    struct request *request;
};

static void put_back(void *lent)
{
    struct lent *l = lent;

    pool_put(l->pool, l->request);
}

static void let_go(void *request)
{
    req_hold(request, NULL);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct lent l = { s->requests, pool_get(s->requests) };
    DEFER_SCOPE;

    defer(put_back, &l);
    req_hold(l.request, graph_build(s, i));
    defer(let_go, l.request);
    return req_serve(l.request);
}

const struct twin THIS = { op };
