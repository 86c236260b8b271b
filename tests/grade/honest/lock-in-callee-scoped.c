/* SPDX-License-Identifier: MIT */
/* Right: the lock is held for a statement, by a macro, and the eviction is one
 * of the page's own. */
#include "scene.h"

#define LOCKED(m) for (bool held_ = (mutex_lock(m), true); held_; held_ = (mutex_unlock(m), false))

static uint64_t op(struct scene *s, uint64_t i)
{
    __auto_type page = page_render(i);

    LOCKED(&s->mutex)
    {
        while (cache_is_full(s))
            cache_evict_locked(s);
        cache_keep(s, page);
    }
    return page.bytes;
}

const struct twin THIS = { op };
