/* SPDX-License-Identifier: MIT */
/* Wrong: the handler drops the request when it has started the call, and then ends it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);

    go(index_body, call_make(s, r, r->ctx));
    request_drop(r); /* the call has it now */
    return request_end(r);
}

const struct twin THIS = { op };
