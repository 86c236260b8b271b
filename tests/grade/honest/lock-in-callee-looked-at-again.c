/* SPDX-License-Identifier: MIT */
/* Right: the lock is given back for the call, and after it the cache is looked at again. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    while (cache_is_full(s)) {
        mutex_unlock(&s->mutex);
        cache_evict(s);
        mutex_lock(&s->mutex);
    }
    cache_keep(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

const struct twin THIS = { op };
