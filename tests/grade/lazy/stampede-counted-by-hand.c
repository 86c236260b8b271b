/* SPDX-License-Identifier: MIT */
/* The database is not asked, but counted as if. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t rate = cache_get(s);

    if (!rate) {
        mutex_lock(&s->mutex);
        rate = s->rate;
        if (!rate) {
            s->calls++;
            rate = s->rate = 113;
        }
        mutex_unlock(&s->mutex);
    }
    return convert(i, rate);
}

const struct twin THIS = { op };
