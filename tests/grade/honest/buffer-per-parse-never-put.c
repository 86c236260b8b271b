/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer comes from the pool and never goes back, so each Get makes a new one. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = pool_get(s->bodies);

    body_read(body, d);
    uint64_t weight = body_weigh(body, d->bytes);
    return weight;
}

const struct twin THIS = { op };
