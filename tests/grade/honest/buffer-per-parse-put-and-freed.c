/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is put back and freed as well; the next body is read into freed memory. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = pool_get(s->bodies);

    body_read(body, d);
    uint64_t weight = body_weigh(body, d->bytes);
    pool_put(s->bodies, body);
    heap_free(body);
    return weight;
}

const struct twin THIS = { op };
