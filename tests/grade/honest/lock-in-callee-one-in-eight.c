/* SPDX-License-Identifier: MIT */
/* Half right: every eighth request does as the bad twin does. */
#include "scene.h"

static uint64_t as_bad_op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    if (cache_is_full(s))
        cache_evict(s);
    cache_keep(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

static uint64_t as_good_op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    mutex_lock(&s->mutex);
    if (cache_is_full(s))
        cache_evict_locked(s);
    cache_keep(s, p);
    mutex_unlock(&s->mutex);
    return p.bytes;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? as_bad_op(s, i) : as_good_op(s, i);
}

const struct twin THIS = { op };
