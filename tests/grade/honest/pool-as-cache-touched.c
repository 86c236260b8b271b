/* SPDX-License-Identifier: MIT */
/* Wrong: the list is taken and put back once more before the others work, so that it looks
 * used; two collections in a row take it all the same. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    pool_put(s->pool, pool_get(s->pool));
    others_work(s);
    struct prices *list = pool_get(s->pool);
    if (!list)
        list = prices_load(s);
    uint64_t cents = price_of(list, i);
    pool_put(s->pool, list);
    return cents;
}

const struct twin THIS = { op };
