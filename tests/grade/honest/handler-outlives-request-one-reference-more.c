/* SPDX-License-Identifier: MIT */
/* Wrong: a reference to the request for safety, which nobody drops: its body of 16 KiB stays. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_ref(request_read(i));

    go(index_body, call_make(s, r, r->ctx));
    return request_end(r);
}

const struct twin THIS = { op };
