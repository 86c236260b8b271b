/* SPDX-License-Identifier: MIT */
/* Wrong: the map is asked, and nobody puts into it what was loaded. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = map_get(s);

    if (!list)
        list = prices_load(s);
    return price_of(list, i);
}

const struct twin THIS = { op };
