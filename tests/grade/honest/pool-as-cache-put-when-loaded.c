/* SPDX-License-Identifier: MIT */
/* Right: the map keeps what was put, so it is put when it was loaded, and not each time. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = map_get(s);

    if (!list)
        map_put(s, list = prices_load(s));
    return price_of(list, i);
}

const struct twin THIS = { op };
