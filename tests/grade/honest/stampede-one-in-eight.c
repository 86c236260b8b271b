/* SPDX-License-Identifier: MIT */
/* Half right: every eighth request does as the bad twin does. */
#include "scene.h"

static uint64_t as_bad_op(struct scene *s, uint64_t i)
{
    uint64_t rate = cache_get(s);

    if (!rate) {
        rate = rate_fetch(s);
    }
    return convert(i, rate);
}

static uint64_t as_good_op(struct scene *s, uint64_t i)
{
    uint64_t rate = cache_get(s);

    if (!rate) {
        mutex_lock(&s->fetching);
        rate = cache_get(s);
        if (!rate)
            rate = rate_fetch(s);
        mutex_unlock(&s->fetching);
    }
    return convert(i, rate);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? as_bad_op(s, i) : as_good_op(s, i);
}

const struct twin THIS = { op };
