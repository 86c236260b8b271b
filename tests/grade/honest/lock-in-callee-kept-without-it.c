/* SPDX-License-Identifier: MIT */
/* Wrong: the lock is given back for the call and not taken again, so the page is kept without
 * it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    if (cache_is_full(s)) {
        mutex_unlock(&s->mutex);
        cache_evict(s);
        cache_keep(s, p);
        return p.bytes;
    }
    cache_keep(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

const struct twin THIS = { op };
