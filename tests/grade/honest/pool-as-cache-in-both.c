/* SPDX-License-Identifier: MIT */
/* Wrong: the map is filled, but the pool is asked. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = pool_get(s->pool);

    if (!list)
        list = prices_load(s);
    map_put(s, list);
    uint64_t cents = price_of(list, i);
    pool_put(s->pool, list);
    return cents;
}

const struct twin THIS = { op };
