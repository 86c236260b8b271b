/* SPDX-License-Identifier: MIT */
/* Has a chan_make() of its own. */
#include "scene.h"

struct chan *chan_make_at(size_t elem_bytes, size_t cap, const struct site *where)
{
    (void)elem_bytes;
    (void)cap;
    (void)where;
    return NULL;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
