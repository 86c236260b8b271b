/* SPDX-License-Identifier: MIT */
/* Right: the call is made as it was, and given the request's context before it is started. */
#include "scene.h"

static struct call *call_of_request(struct scene *s, struct request *r)
{
    struct call *c = call_make(s, r, ctx_background());

    c->ctx = c->request->ctx;
    return c;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);

    go(index_body, call_of_request(s, r));
    return request_end(r);
}

const struct twin THIS = { op };
