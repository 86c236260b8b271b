#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct request *r = request_read(i);

    struct ctx *until = r->ctx; /* ends when the request does */
    go(index_body, call_make(s, r, until));
    return request_end(r);
}

const struct twin THIS = { op };
