/* SPDX-License-Identifier: MIT */
/* Wrong: only every other call is given the request's context. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);
    struct ctx *until = i % 2 ? r->ctx : ctx_background();

    go(index_body, call_make(s, r, until));
    return request_end(r);
}

const struct twin THIS = { op };
