/* SPDX-License-Identifier: MIT */
/* Wrong: all of the buffer is parsed and not the body alone; behind a body lies what is left
 * of a longer one. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = pool_get(s->bodies);

    body_read(body, d);
    uint64_t weight = body_weigh(body, LONGEST_BODY);
    pool_put(s->bodies, body);
    return weight;
}

const struct twin THIS = { op };
