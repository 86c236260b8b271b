/* SPDX-License-Identifier: MIT */
/* Wrong: nothing is ever evicted. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    cache_keep(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

const struct twin THIS = { op };
