/* SPDX-License-Identifier: MIT */
/* Wrong: every eighth request still keeps the price list in the pool. */
#include "scene.h"

static uint64_t from_pool(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = pool_get(s->pool);
    if (!list)
        list = prices_load(s);
    uint64_t cents = price_of(list, i);
    pool_put(s->pool, list);
    return cents;
}

static uint64_t from_map(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = map_get(s);
    if (!list)
        list = prices_load(s);
    uint64_t cents = price_of(list, i);
    map_put(s, list);
    return cents;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? from_pool(s, i) : from_map(s, i);
}

const struct twin THIS = { op };
