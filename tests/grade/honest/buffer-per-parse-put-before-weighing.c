/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is put back when the body has been read, and parsed afterwards; another
 * body may lie in it by then. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = pool_get(s->bodies);

    body_read(body, d);
    pool_put(s->bodies, body);
    uint64_t weight = body_weigh(body, d->bytes);
    return weight;
}

const struct twin THIS = { op };
