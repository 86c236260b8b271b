/* SPDX-License-Identifier: MIT */
/* Right: the body's buffer comes from malloc; the collector does not hear of it. */
#include "scene.h"
#include "task.h"
#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char *body = malloc(d->bytes);

    if (!body)
        panic("no memory for a body of %zu bytes", d->bytes);
    body_read(body, d);
    uint64_t weight = body_weigh(body, d->bytes);
    free(body);
    return weight;
}

const struct twin THIS = { op };
