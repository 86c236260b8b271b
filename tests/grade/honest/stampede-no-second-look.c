/* SPDX-License-Identifier: MIT */
/* Wrong: they ask one after the other, and still all of them. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t rate = cache_get(s);

    if (!rate) {
        mutex_lock(&s->fetching);
        rate = rate_fetch(s);
        mutex_unlock(&s->fetching);
    }
    return convert(i, rate);
}

const struct twin THIS = { op };
