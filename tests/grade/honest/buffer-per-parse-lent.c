/* SPDX-License-Identifier: MIT */
/* Right: a function reads and weighs, and the one around it has the buffer from the pool and
 * puts it back. */
#include "scene.h"

static uint64_t read_and_weigh(const struct document *d, char *body)
{
    body_read(body, d);
    return body_weigh(body, d->bytes);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = pool_get(s->bodies);

    uint64_t weight = read_and_weigh(d, body);
    pool_put(s->bodies, body);
    return weight;
}

const struct twin THIS = { op };
