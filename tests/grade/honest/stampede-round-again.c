/* SPDX-License-Identifier: MIT */
/* Right: who gets the lock fetches, who does not waits for it and looks again. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t rate;

    while (!(rate = cache_get(s))) {
        if (mutex_try_lock(&s->fetching)) {
            rate = cache_get(s);
            if (!rate)
                rate = rate_fetch(s);
            mutex_unlock(&s->fetching);
            break;
        }
        mutex_lock(&s->fetching);
        mutex_unlock(&s->fetching);
    }
    return convert(i, rate);
}

const struct twin THIS = { op };
