/* SPDX-License-Identifier: MIT */
/* Wrong: a context that can be cancelled, below the background; nobody cancels it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);
    struct ctx *until = ctx_with_cancel(ctx_background());

    go(index_body, call_make(s, r, until));
    return request_end(r);
}

const struct twin THIS = { op };
