/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is put back at once, and read into afterwards. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = pool_get(s->bodies);

    pool_put(s->bodies, body);
    body_read(body, d);
    uint64_t weight = body_weigh(body, d->bytes);
    return weight;
}

const struct twin THIS = { op };
