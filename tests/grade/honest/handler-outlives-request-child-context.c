/* SPDX-License-Identifier: MIT */
/* Right: the call has a context of its own below the request's, which its task lets go of. */
#include "scene.h"

static void index_and_end(void *arg)
{
    struct call *c = arg;
    struct ctx *own = c->ctx;

    index_body(c);
    ctx_cancel(own, NULL);
    ctx_drop(own);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);

    go(index_and_end, call_make(s, r, ctx_with_cancel(r->ctx)));
    return request_end(r);
}

const struct twin THIS = { op };
