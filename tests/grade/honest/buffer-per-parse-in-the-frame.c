/* SPDX-License-Identifier: MIT */
/* Wrong: the longest body does not fit into a task's stack, which has 64 KiB in all. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const struct document *d = document_of(s, i);
    char body[LONGEST_BODY];

    body_read(body, d);
    uint64_t weight = body_weigh(body, d->bytes);
    return weight;
}

const struct twin THIS = { op };
