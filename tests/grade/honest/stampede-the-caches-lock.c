/* SPDX-License-Identifier: MIT */
/* Wrong: the lock of the cache is held while the database is asked, which puts into the cache. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    mutex_lock(&s->mutex);
    uint64_t rate = s->rate;
    if (!rate)
        rate = rate_fetch(s);
    mutex_unlock(&s->mutex);
    return convert(i, rate);
}

const struct twin THIS = { op };
