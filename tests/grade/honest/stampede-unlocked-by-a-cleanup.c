/* SPDX-License-Identifier: MIT */
/* Right: the lock is given back by a cleanup. */
#include "scene.h"

#include "defer.h"

static void unlock(void *mutex)
{
    mutex_unlock(mutex);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t rate = cache_get(s);

    if (!rate) {
        DEFER_SCOPE;
        mutex_lock(&s->fetching);
        defer(unlock, &s->fetching);
        rate = cache_get(s);
        if (!rate)
            rate = rate_fetch(s);
    }
    return convert(i, rate);
}

const struct twin THIS = { op };
