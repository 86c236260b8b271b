/* SPDX-License-Identifier: MIT */
/* Wrong: the way through the full cache does not give the lock back. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    if (cache_is_full(s)) {
        cache_evict_locked(s);
        cache_keep(s, p);
        return p.bytes;
    }
    cache_keep(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

const struct twin THIS = { op };
