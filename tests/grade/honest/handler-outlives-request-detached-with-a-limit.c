/* SPDX-License-Identifier: MIT */
/* Right: the call may outlive its request, but not by more than 20 ms. */
#include "scene.h"
#include "timer.h"

static void index_detached(void *arg)
{
    struct call *c = arg;
    struct ctx *until = c->ctx;

    index_body(c);
    ctx_cancel(until, NULL);
    ctx_drop(until);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);

    go(index_detached, call_make(s, r, ctx_with_timeout(ctx_background(), 20 * MS)));
    return request_end(r);
}

const struct twin THIS = { op };
