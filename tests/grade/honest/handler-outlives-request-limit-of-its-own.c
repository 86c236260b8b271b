/* SPDX-License-Identifier: MIT */
/* Right: the call has a time limit of its own below the request's context, whichever ends
 * first. */
#include "scene.h"
#include "timer.h"

static void index_in_time(void *arg)
{
    struct call *c = arg;
    struct ctx *limit = c->ctx;

    index_body(c);
    ctx_cancel(limit, "the body is indexed");
    ctx_drop(limit);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);
    struct ctx *limit = ctx_with_timeout(r->ctx, 10 * SEC);

    go(index_in_time, call_make(s, r, limit));
    return request_end(r);
}

const struct twin THIS = { op };
