/* SPDX-License-Identifier: MIT */
/* Wrong: the call's context is the request's child and ends with it, but nobody lets go of it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);
    struct ctx *until = ctx_with_cancel(r->ctx);

    go(index_body, call_make(s, r, until));
    return request_end(r);
}

const struct twin THIS = { op };
