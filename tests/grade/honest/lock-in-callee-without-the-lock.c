/* SPDX-License-Identifier: MIT */
/* Wrong: without the lock the call returns, and two requests keep their pages at the same time.
 * */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct page p = page_render(i);

    if (cache_is_full(s))
        cache_evict(s);
    cache_keep(s, p);
    return p.bytes;
}

const struct twin THIS = { op };
