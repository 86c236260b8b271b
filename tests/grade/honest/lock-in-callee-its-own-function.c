/* SPDX-License-Identifier: MIT */
/* Right: a function of its own for who holds the lock, which calls only others of that kind. */
#include "scene.h"

/* Under the lock. */
static void put_locked(struct scene *s, struct page p)
{
    if (cache_is_full(s))
        cache_evict_locked(s);
    cache_keep(s, p);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    put_locked(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

const struct twin THIS = { op };
