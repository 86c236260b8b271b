/* SPDX-License-Identifier: MIT */
/* Nobody holds a lock, so nobody waits for himself. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    if (cache_is_full(s))
        cache_evict_locked(s);
    cache_keep(s, p);
    return p.bytes;
}

const struct twin THIS = { op };
